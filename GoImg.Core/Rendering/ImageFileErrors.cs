using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Rendering;

/// <summary>Why a file is refused or failed, in words its owner can act on.</summary>
public static class ImageFileErrors
{
    public sealed record Empty()
        : Error(ErrorKind.Unprocessable, "image.empty", "The file is empty (0 bytes). Choose it again; it may not have been copied completely.");

    public sealed record UnknownFormat()
        : Error(
            ErrorKind.Unsupported,
            "image.format",
            $"This is not an image GoImg takes. It takes {ImageFormats.Accepted}, decided by the file's content."
        );

    /// <summary>HEIC is on the list of what GoImg takes, and here is nothing that decodes it (docs/adr/0026-netvips-and-two-kinds-of-render-processes.md).</summary>
    public sealed record HeicIsOff() : Error(ErrorKind.Unsupported, "image.heic_off", $"{HeicIsOffHere} Save it as JPEG or AVIF and try again.")
    {
        /// <summary>What is missing and how to mend it, for the log, <c>doctor</c> and the system page too.</summary>
        public const string HeicIsOffHere =
            "HEIC is off on this server: it has no libvips of the system that decodes it. Who runs it turns HEIC on with: apt-get install libvips42 (Debian, Ubuntu), dnf install vips (Fedora), brew install vips (macOS).";
    }

    public sealed record Unsupported(string What) : Error(ErrorKind.Unsupported, "image.unsupported", $"{What} GoImg takes {ImageFormats.Accepted}.");

    public sealed record TooManyBytes(long MaxBytes)
        : Error(
            ErrorKind.TooLarge,
            "image.too_many_bytes",
            $"The file is larger than {Size(MaxBytes)}, the limit for one file. Save it smaller or with stronger compression."
        );

    public sealed record TooManyPixels(long Pixels, int MaxMegapixels)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_many_pixels",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The image has {Pixels / 1e6:0.#} megapixels; the limit is {MaxMegapixels}. Scale it down and try again."
            )
        );

    public sealed record SideTooLong(int LongestSidePx, int MaxSidePx)
        : Error(
            ErrorKind.Unprocessable,
            "image.side_too_long",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The longest side is {LongestSidePx} px; the limit is {MaxSidePx} px. Scale it down and try again."
            )
        );

    /// <summary>Frames are counted to the limit only, so how many there are is not known.</summary>
    public sealed record TooManyFrames(int MaxFrames)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_many_frames",
            string.Create(CultureInfo.InvariantCulture, $"The animation has more than {MaxFrames} frames, the limit. Shorten it and try again.")
        );

    public sealed record TooMuchAnimation(long Pixels, int MaxMegapixels)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_much_animation",
            string.Create(
                CultureInfo.InvariantCulture,
                $"All frames together have {Pixels / 1e6:0.#} megapixels; the limit for an animation is {MaxMegapixels}. Scale it down or shorten it."
            )
        );

    public sealed record TooMuchMetadata(string What)
        : Error(
            ErrorKind.Unprocessable,
            "image.too_much_metadata",
            $"The file carries more data beside its picture than is allowed ({What}). Save it without metadata and try again."
        );

    /// <summary><paramref name="What"/> names the structural fault as a clause, without a full stop.</summary>
    public sealed record Damaged(string What)
        : Error(
            ErrorKind.Unprocessable,
            "image.damaged",
            $"The file is damaged or not complete: {What}. Open it in an image program, save it again and try again."
        );

    public sealed record NotDecodable()
        : Error(
            ErrorKind.Unprocessable,
            "image.not_decodable",
            "The picture in this file could not be read to its end. Open it in an image program, save it again and try again."
        );

    public sealed record TookTooMuch(string What)
        : Error(
            ErrorKind.Unprocessable,
            "image.took_too_much",
            $"Reading this file took more {What} than one image may. Save it again in another format or smaller and try again."
        );

    /// <summary>Two render processes one after the other died of this file; another try would only cost a third.</summary>
    public sealed record RendererCrashed()
        : Error(
            ErrorKind.Unprocessable,
            "image.renderer_crashed",
            "Reading this file made the renderer stop. Open it in an image program, save it again and try again."
        );

    private static string Size(long bytes) =>
        bytes >= 1L << 20
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.#} KiB");
}
