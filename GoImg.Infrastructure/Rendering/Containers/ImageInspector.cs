using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Rendering.JpegData;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Finds the format by its first bytes and lets that format's reader walk the file. Reads synchronously: its streams
/// are local files, and a number here and there is read from a buffer.</summary>
/// <param name="heic">Null to take HEIC whether or not it can be decoded.</param>
internal sealed class ImageInspector(ImageLimits limits, HeicDecoding? heic = null) : IImageInspector
{
    public async Task<Result<ImageHeader>> InspectAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var read = Read(new ContainerReader(content, cancellationToken), out var brokenEnd);
            var header = Check(read);
            // after the limits, which bound what following the data may cost
            if (header.IsSuccess && brokenEnd is not null)
                header = read with { EndsAt = JpegEnd.Find(content) ?? throw brokenEnd };
            return header is { Error: null, Value.Format: ImageFormat.Heic } && heic is not null && await heic.IsOffAsync(cancellationToken)
                ? new ImageFileErrors.HeicIsOff()
                : header;
        }
        catch (FileRefusedException refused)
        {
            return refused.Error;
        }
    }

    private ImageHeader Read(ContainerReader reader, out FileRefusedException? brokenEnd)
    {
        brokenEnd = null;
        if (reader.Length == 0)
            throw new FileRefusedException(new ImageFileErrors.Empty());

        Span<byte> start = stackalloc byte[FileSignature.Window];
        var format = FileSignature.Find(start[..reader.Read(start)]);
        reader.SeekTo(0);
        return format switch
        {
            ImageFormat.Jpeg => JpegReader.Read(reader, out brokenEnd),
            ImageFormat.Png => PngReader.Read(reader),
            ImageFormat.Gif => GifReader.Read(reader, limits.MaxFrames),
            ImageFormat.WebP => WebPReader.Read(reader, limits.MaxFrames),
            ImageFormat.Tiff => TiffReader.Read(reader),
            _ => HeifReader.Read(reader),
        };
    }

    private Result<ImageHeader> Check(ImageHeader header)
    {
        var longest = Math.Max(header.WidthPx, header.HeightPx);
        if (longest > limits.MaxSidePx)
            return new ImageFileErrors.SideTooLong(longest, limits.MaxSidePx);

        var pixels = (long)header.WidthPx * header.HeightPx;
        var megapixels = header.Format is ImageFormat.Avif or ImageFormat.Heic
            ? Math.Min(limits.MaxMegapixels, limits.MaxMegapixelsHeif)
            : limits.MaxMegapixels;
        if (pixels > megapixels * 1_000_000L)
            return new ImageFileErrors.TooManyPixels(pixels, megapixels);
        if (header.Frames > limits.MaxFrames)
            return new ImageFileErrors.TooManyFrames(limits.MaxFrames);
        if (header.IsAnimated && header.TotalPixels > limits.MaxAnimationMegapixels * 1_000_000L)
            return new ImageFileErrors.TooMuchAnimation(header.TotalPixels, limits.MaxAnimationMegapixels);

        return header;
    }
}
