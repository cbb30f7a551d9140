using System.Globalization;
using System.Text;
using GoImg.Bench.Memory;
using GoImg.Bench.Photos;
using GoImg.Bench.Processes;
using GoImg.Bench.Results;
using GoImg.Core.Rendering;

namespace GoImg.Bench.Checks;

/// <summary>P8: what a camera wrote beside the picture is in no rendition, and every orientation comes out upright.</summary>
internal static class Privacy
{
    private static readonly string[] Marks =
    [
        "Exif",
        "EXIF",
        "XMP ",
        "ICCP",
        "http://ns.adobe.com/",
        "xmpmeta",
        "8BIM",
        "ICC_PROFILE",
        ExifSegment.Maker,
    ];

    // hashes of the same picture, encoded twice, differ in a few bits; of a turned one in dozens
    private const int SamePictureBits = 6;

    // how libvips undoes each orientation, so that the file made by it comes out upright again
    private static readonly (int Orientation, string[] Steps)[] Orientations =
    [
        (1, []),
        (2, ["flip horizontal"]),
        (3, ["rot d180"]),
        (4, ["flip vertical"]),
        (5, ["flip horizontal", "rot d270"]),
        (6, ["rot d270"]),
        (7, ["flip vertical", "rot d270"]),
        (8, ["rot d90"]),
    ];

    public static async Task<Aim> RunAsync(Scratch scratch)
    {
        var upright = await PhotoSet.PaintAsync(Path.Combine(Workspace.Cache, "photos"), "painted-medium", 1200, 900, 0);
        await using var renderer = await RunningRenderer.StartAsync(workers: 1);
        await using var expected = await renderer.OpenAsync(upright);
        var faults = 0;
        foreach (var (orientation, steps) in Orientations)
        {
            var file = await TurnAsync(scratch, upright, orientation, steps);
            await using var rendered = await renderer.OpenAsync(file);
            var isUpright =
                (rendered.WidthPx, rendered.HeightPx) == (1200, 900)
                && long.PopCount(rendered.PerceptualHash ^ expected.PerceptualHash) <= SamePictureBits;
            var tells = await TellsAsync(rendered);
            if (!isUpright || tells)
                await Console.Error.WriteLineAsync(
                    $"  orientation {orientation}: {(isUpright ? "upright" : "not upright")}, {(tells ? "tells" : "tells nothing")}"
                );
            faults += (isUpright ? 0 : 1) + (tells ? 1 : 0);
        }

        return Aim.AtMost("P8", "of 8 orientations with EXIF, GPS and XMP: those not upright or with any of it in a rendition", 0, new([faults]), "");
    }

    private static async Task<string> TurnAsync(Scratch scratch, string upright, int orientation, string[] steps)
    {
        var current = upright;
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            var next = scratch[string.Create(CultureInfo.InvariantCulture, $"turned-{orientation}-{i}.ppm")];
            await Shell.RunAsync("vips", [step.Split(' ')[0], current, next, step.Split(' ')[1]]);
            current = next;
        }

        var jpeg = scratch[string.Create(CultureInfo.InvariantCulture, $"turned-{orientation}.jpg")];
        await Shell.RunAsync("vips", "jpegsave", current, jpeg, "--Q", "88");
        await File.WriteAllBytesAsync(jpeg, ExifSegment.Insert(await File.ReadAllBytesAsync(jpeg), orientation));
        return jpeg;
    }

    private static async Task<bool> TellsAsync(RenderedImage rendered)
    {
        var all = new List<byte[]> { rendered.Placeholder };
        foreach (var file in rendered.Files)
        {
            await using var stream = file.OpenRead();
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            all.Add(copy.ToArray());
        }

        return all.Exists(bytes => Marks.Any(mark => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0));
    }
}
