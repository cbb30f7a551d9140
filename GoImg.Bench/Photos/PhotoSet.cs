using System.Globalization;
using GoImg.Bench.Processes;

namespace GoImg.Bench.Photos;

/// <summary>The photos everyone gets: a folder of the caller's, or painted ones of 8 to 24 megapixels that are kept for the next run.</summary>
internal sealed record PhotoSet(string Description, IReadOnlyList<string> Files)
{
    private static readonly (int Width, int Height)[] Sizes =
    [
        (4000, 3000),
        (3264, 2448),
        (4032, 3024),
        (4000, 3000),
        (4608, 3456),
        (3840, 2160),
        (4000, 3000),
        (6000, 4000),
    ];

    public double MeanMiB => Files.Average(file => new FileInfo(file).Length) / (1 << 20);

    public static PhotoSet Of(string folder, int count)
    {
        var files = Directory
            .EnumerateFiles(folder)
            .Where(f => Path.GetExtension(f).ToUpperInvariant() is ".JPG" or ".JPEG")
            .Order(StringComparer.Ordinal)
            .Take(count)
            .ToList();
        return files.Count > 0
            ? new PhotoSet($"{files.Count} photos of a folder", files)
            : throw new InvalidOperationException($"There are no JPEGs in {folder}.");
    }

    /// <summary>Every eighth is progressive, every eighth lies on its side with EXIF to turn it.</summary>
    public static async Task<PhotoSet> PaintedAsync(string cache, int count)
    {
        var files = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var (width, height) = Sizes[i % Sizes.Length];
            files.Add(await PaintAsync(cache, string.Create(CultureInfo.InvariantCulture, $"painted-{i:00}-{width}x{height}"), width, height, i));
        }

        var megapixels = Enumerable.Range(0, count).Average(i => Sizes[i % Sizes.Length].Width * Sizes[i % Sizes.Length].Height / 1e6);
        return new PhotoSet(
            string.Create(CultureInfo.InvariantCulture, $"{count} painted photos of 8 to 24 megapixels, {megapixels:0.0} in the mean"),
            files
        );
    }

    /// <summary>One of exactly that size. Its number decides what is in it and how it is kept.</summary>
    public static async Task<string> PaintAsync(string cache, string name, int width, int height, int number)
    {
        var path = Path.Combine(cache, name + ".jpg");
        if (File.Exists(path))
            return path;

        Directory.CreateDirectory(cache);
        var (ppm, jpeg) = (Path.Combine(cache, name + ".ppm"), Path.Combine(cache, name + ".tmp.jpg"));
        new PhotoPainter(width, height, number + 1).Write(ppm);
        string[] coding = number % 8 == 5 ? ["--interlace"] : [];
        await Shell.RunAsync("vips", ["jpegsave", ppm, jpeg, "--Q", "88", "--optimize-coding", .. coding]);
        File.Delete(ppm);
        if (number % 8 == 3)
            await File.WriteAllBytesAsync(jpeg, ExifSegment.Insert(await File.ReadAllBytesAsync(jpeg), orientation: 6));
        File.Move(jpeg, path);
        return path;
    }
}
