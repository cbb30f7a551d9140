using GoImg.Bench.Photos;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pipeline;

/// <summary>ImageMagick takes so long that it gets a few photos and rounds of its own.</summary>
internal static class ImageMagickComparison
{
    public static async Task<Aim> RunAsync(PhotoSet photos, Scratch scratch)
    {
        var race = new Race(1, [.. photos.Files.Take(4)]);
        await race.RunAsync([Field.Render, Field.ImageMagick], rounds: 3, scratch);
        return Aim.AtMost(
            "P2 b",
            "processor time against ImageMagick, a command for each file and size",
            0.22,
            race.CpuPerImage(Field.Render) / race.CpuPerImage(Field.ImageMagick)
        );
    }
}
