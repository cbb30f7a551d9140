using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Files made to cost much. The inspector refuses them before anything native sees them.</summary>
public sealed class InspectorHostileTests
{
    // Only an endless loop takes so long on the busiest machine.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    public static TheoryData<string, byte[]> Bombs =>
        new()
        {
            { "40 compressed texts of 50 MB", Samples.Png(extraChunks: [.. Enumerable.Repeat(PngSample.TextBomb("zTXt", 50_000_000), 40)]) },
            { "one compressed text of 2 MB", Samples.Png(extraChunks: [PngSample.TextBomb("zTXt", 2_000_000)]) },
            { "5 compressed texts of 900 KB", Samples.Png(extraChunks: [.. Enumerable.Repeat(PngSample.TextBomb("iTXt", 900_000), 5)]) },
            { "a profile of 50 MB", Samples.Png(extraChunks: [PngSample.TextBomb("iCCP", 50_000_000)]) },
            { "100,000 texts", Samples.Png(extraChunks: [.. Enumerable.Repeat(PngSample.Chunk("tEXt", [.. "a\0b"u8]), 100_000)]) },
            { "5 MB of text", Samples.Png(extraChunks: [PngSample.Chunk("tEXt", new byte[5_000_000])]) },
            { "a PNG of 65,535 squared", PngSample.Assemble(65_535, 65_535, 2, [], [0x78, 0x9C]) },
            { "a GIF of 100,000 frames of 1000 squared", GifSample.Bomb(1000, 1000, 100_000) },
            { "a WebP of 16,384 squared in 30 bytes", Samples.WebP(16_384, 16_384) },
            { "an AVIF of 30,000 squared", Samples.HeifShell(30_000, 30_000, "av01") },
            { "gzip named jpg", [0x1F, 0x8B, 8, 0, .. new byte[200]] },
            { "a JPEG of 500 scans", Scans(500) },
            { "a TIFF whose pages run in a circle", Circle() },
        };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_at_once_and_in_little_memory(string name, byte[] file)
    {
        Inspection.Of(Samples.Png());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var error = Inspection.Of(file).Error;

        Assert.NotNull(error);
        Assert.True(clock.Elapsed < Allowed, $"{name} took {clock.ElapsedMilliseconds} ms");
        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000,
            $"{name} allocated {GC.GetAllocatedBytesForCurrentThread() - before} bytes"
        );
    }

    [Fact]
    public void Any_bytes_are_decided()
    {
        byte[][] starts =
        [
            [],
            [0xFF, 0xD8, 0xFF],
            .. Seeds().Select(s => s[..24]),
        ];
        var noise = new Noise(7);
        for (var i = 0; i < 2_000; i++)
        {
            var decided = Inspection.Of([.. starts[i % starts.Length], .. noise.Bytes(i % 300)]);

            // whole is none of them, whatever it begins with
            Assert.NotNull(decided.Error);
            AssertIsDecision(decided, $"file {i}");
        }
    }

    [Fact]
    public void Changed_files_are_decided_without_exception_quickly_and_in_bounded_memory()
    {
        var noise = new Noise(20_240_601);
        var seeds = Seeds();
        var slowest = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 4_000; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var changes = noise.Next(6); changes >= 0; changes--)
                file[noise.Next(Math.Min(file.Length, noise.Next(2) == 0 ? 100 : file.Length))] = noise.Next(3) switch
                {
                    0 => 0xFF,
                    1 => 0x00,
                    _ => (byte)noise.Next(256),
                };

            var (from, allocated) = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread());
            var decided = Inspection.Of(file);
            if (i > 100 && clock.Elapsed - from > slowest)
                slowest = clock.Elapsed - from;
            Assert.True(
                GC.GetAllocatedBytesForCurrentThread() - allocated < 2_000_000,
                $"change {i} allocated {GC.GetAllocatedBytesForCurrentThread() - allocated}"
            );
            AssertIsDecision(decided, $"change {i}");
        }

        Assert.True(slowest < Allowed, $"the slowest took {slowest.TotalMilliseconds} ms");
    }

    [Fact]
    public void Every_file_of_the_corpus_is_decided()
    {
        foreach (var path in RepositoryPaths.SharedFiles("corpus"))
        {
            var file = File.ReadAllBytes(path);
            var clock = Stopwatch.StartNew();

            var result = Inspection.Of(file);

            Assert.True(clock.Elapsed < Allowed, $"{path} took {clock.ElapsedMilliseconds} ms");
            AssertIsDecision(result, path);
        }
    }

    // Refused with a reason for its owner, or a picture that has a size within the limits.
    private static void AssertIsDecision(Result<ImageHeader> decided, string file)
    {
        if (decided.Error is { } refused)
        {
            Assert.StartsWith("image.", refused.Code, StringComparison.Ordinal);
            Assert.True(refused.Message.EndsWith('.'), $"{file}: {refused.Message}");
            return;
        }

        var (limits, header) = (new ImageLimits(), decided.Value);
        Assert.True(
            header is { WidthPx: > 0, HeightPx: > 0, Frames: > 0 }
                && Math.Max(header.WidthPx, header.HeightPx) <= limits.MaxSidePx
                && (long)header.WidthPx * header.HeightPx <= limits.MaxMegapixels * 1_000_000L
                && header.Frames <= limits.MaxFrames,
            $"{file}: {header}"
        );
    }

    private static byte[][] Seeds() =>
        [
            Samples.Jpeg(24, 16, orientation: 6, withMetadata: true),
            Samples.Png(24, 16, extraChunks: [.. PngSample.Metadata, PngSample.TextBomb("zTXt", 900)]),
            Samples.Gif(24, 16, 3, withMetadata: true),
            Samples.WebP(24, 16, 3, withMetadata: true),
            Samples.Tiff(24, 16, withMetadata: true),
            Samples.HeifShell(24, 16, turnsLeft: 1),
            Samples.HeifShell(24, 16, "av01"),
        ];

    private static byte[] Scans(int count)
    {
        var jpeg = Samples.Jpeg(8, 8);
        var scan = jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])..^2];
        return [.. jpeg[..^2], .. Enumerable.Repeat(scan, count).SelectMany(s => s), 0xFF, 0xD9];
    }

    private static byte[] Circle()
    {
        var tiff = Samples.Tiff(8, 8);
        var directory = tiff[4..8];
        var next = BitConverter.ToInt32([.. directory.Reverse()]) + 2 + 10 * 12;
        directory.CopyTo(tiff, next);
        return tiff;
    }
}
