using GoImg.Core.Shared;

namespace GoImg.Core.Rendering;

/// <summary>Why a file is refused or failed, in words its owner can act on.</summary>
public static class ImageFileErrors
{
    public sealed record Empty() : Error(ErrorKind.Unprocessable, "image.empty", ImageFileErrorTexts.Empty);

    public sealed record UnknownFormat()
        : Error(ErrorKind.Unsupported, "image.format", ImageFileErrorTexts.UnknownFormat.With(ImageFormats.Accepted));

    /// <summary>HEIC is on the list of what GoImg takes, and here is nothing that decodes it (docs/adr/0026-netvips-and-two-kinds-of-render-processes.md).</summary>
    public sealed record HeicIsOff() : Error(ErrorKind.Unsupported, "image.heic_off", ImageFileErrorTexts.HeicIsOff.With(HeicIsOffHere))
    {
        /// <summary>What is missing and how to mend it, for the log, <c>doctor</c> and the system page too.</summary>
        public static string HeicIsOffHere => ImageFileErrorTexts.HeicIsOffHere;
    }

    public sealed record Unsupported(string What)
        : Error(ErrorKind.Unsupported, "image.unsupported", ImageFileErrorTexts.Unsupported.With(What, ImageFormats.Accepted));

    /// <summary>A kind of file that people often have beside their pictures, refused by its name with what to do.</summary>
    public sealed record Foreign(ForeignKind What, string Name)
        : Error(ErrorKind.Unsupported, "image.unsupported", What.Words().With(Name, ImageFormats.Accepted));

    public sealed record TooManyBytes(long MaxBytes)
        : Error(ErrorKind.TooLarge, "image.too_many_bytes", ImageFileErrorTexts.TooManyBytes.With(ByteSize.Say(MaxBytes)));

    public sealed record TooManyPixels(long Pixels, int MaxMegapixels)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_many_pixels",
            ImageFileErrorTexts.TooManyPixels.With(Amount.SayMillionsApart(Pixels, MaxMegapixels * 1_000_000L))
        );

    public sealed record SideTooLong(int LongestSidePx, int MaxSidePx)
        : Error(ErrorKind.Unprocessable, "image.side_too_long", ImageFileErrorTexts.SideTooLong.With(LongestSidePx, MaxSidePx));

    /// <summary>Frames are counted to the limit only, so how many there are is not known.</summary>
    public sealed record TooManyFrames(int MaxFrames)
        : Error(ErrorKind.Unprocessable, "image.too_many_frames", ImageFileErrorTexts.TooManyFrames.With(MaxFrames));

    public sealed record TooMuchAnimation(long Pixels, int MaxMegapixels)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_much_animation",
            ImageFileErrorTexts.TooMuchAnimation.With(Amount.SayMillionsApart(Pixels, MaxMegapixels * 1_000_000L))
        );

    public sealed record TooMuchMetadata(string What)
        : Error(ErrorKind.Unprocessable, "image.too_much_metadata", ImageFileErrorTexts.TooMuchMetadata.With(What));

    /// <summary><paramref name="What"/> names the structural fault as a clause, without a full stop.</summary>
    public sealed record Damaged(string What) : Error(ErrorKind.Unprocessable, "image.damaged", ImageFileErrorTexts.Damaged.With(What));

    public sealed record NotDecodable() : Error(ErrorKind.Unprocessable, "image.not_decodable", ImageFileErrorTexts.NotDecodable);

    public sealed record TookTooMuch(RenderResource What)
        : Error(
            ErrorKind.Unprocessable,
            "image.took_too_much",
            What switch
            {
                RenderResource.Memory => ImageFileErrorTexts.TookTooMuchMemory,
                RenderResource.ProcessorTime => ImageFileErrorTexts.TookTooMuchProcessorTime,
                _ => ImageFileErrorTexts.TookTooMuchTime,
            }
        );

    /// <summary>Two render processes one after the other died of this file; another try would only cost a third.</summary>
    public sealed record RendererCrashed() : Error(ErrorKind.Unprocessable, "image.renderer_crashed", ImageFileErrorTexts.RendererCrashed);
}
