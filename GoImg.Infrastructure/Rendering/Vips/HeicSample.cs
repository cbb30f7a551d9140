using GoImg.Core.Rendering;
using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>A HEIC of 64 × 64 black pixels. A libvips has the loader also where no decoder for it is installed, so whether HEIC can be decoded is only
/// known once one was. Made by <c>vips black x.v 64 64 --bands 3; vips heifsave x.v x.heic --compression hevc --Q 10 --strip</c>.</summary>
internal static class HeicSample
{
    private const int SidePx = 64;

    // coded with losses
    private const byte Darkest = 16;

    public static readonly byte[] File = Convert.FromBase64String(
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAUJtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAA"
            + "Imlsb2MAAAAAREAAAQABAAAAAAFmAAEAAAAAAAAAEwAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAAAwmlwcnAAAACkaXBjbwAAAHhodmND"
            + "AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgQEDAgA"
            + "AAMACAAAAwAIQCIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAAAEAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAAAbbWRhdAAA"
            + "AA8oAa8EGPwd1z//1cQ3HGA="
    );

    /// <summary>Why it can't be decoded; null when it can.</summary>
    public static string? Problem()
    {
        try
        {
            using var source = Source.NewFromMemory(File);
            using var image = VipsLoader.Open(ImageFormat.Heic, source, frames: 1, jpegShrink: 1);
            return (image.Width, image.Height) == (SidePx, SidePx) && Array.TrueForAll(image.WriteToMemory<byte>(), value => value <= Darkest)
                ? null
                : "it shows another picture";
        }
        catch (VipsException failed)
        {
            return failed.Message;
        }
    }
}
