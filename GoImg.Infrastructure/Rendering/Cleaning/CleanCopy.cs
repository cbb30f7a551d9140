using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>A file with nothing in it but its picture: pixels, animation, colour profile and orientation as they were, everything else left out by not
/// being written. No pixel is decoded.</summary>
internal sealed class CleanCopy : ICleanCopies
{
    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(Stream original, ImageHeader header, Stream target, CancellationToken cancellationToken) =>
        // reads and writes local files
        Task.Run(() => TryWrite(original, header, target), cancellationToken);

    private static bool TryWrite(Stream original, ImageHeader header, Stream target)
    {
        using var view = FileView.Open(original);
        var file = view.Bytes[..(int)(header.EndsAt ?? view.Bytes.Length)];
        try
        {
            switch (header.Format)
            {
                case ImageFormat.Jpeg:
                    return JpegCopy.TryWrite(file, header, target);
                case ImageFormat.Png:
                    PngCopy.Write(file, header, target);
                    return true;
                case ImageFormat.Gif:
                    GifCopy.Write(file, target);
                    return true;
                case ImageFormat.WebP:
                    WebPCopy.Write(file, header, target);
                    return true;
                default:
                    return false;
            }
        }
        catch (ArgumentException)
        {
            // a slice beyond the end, in a file that the inspector's limits let pass
            return false;
        }
    }
}
