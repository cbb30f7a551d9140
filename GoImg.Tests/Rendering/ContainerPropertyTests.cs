using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>What holds for any bytes. Many more of them by hand: GOIMG_TEST_FUZZ=2000.</summary>
public sealed class ContainerPropertyTests
{
    private const int BufferBytes = 16 * 1024;
    private const long AllowedBytes = 500_000;

    // Only an endless loop takes so long; what is read and allocated is exact.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);
    private static readonly ImageLimits NoLimits = new()
    {
        MaxSidePx = int.MaxValue,
        MaxMegapixels = int.MaxValue,
        MaxMegapixelsHeif = int.MaxValue,
        MaxAnimationMegapixels = int.MaxValue,
        MaxFrames = int.MaxValue,
    };

    [Fact]
    public void The_seeds_are_sound()
    {
        foreach (var (name, file) in ContainerSeeds.All)
            Assert.True(Inspection.Of(file).Error is null, $"{name}: {Inspection.Of(file).Error?.Message}");
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_and_never_read_behind_its_end()
    {
        foreach (var (name, file) in ContainerSeeds.All)
            // TIFF's last byte may be padding, which no one misses
            for (var length = 0; length < file.Length - (name == "TIFF" ? 1 : 0); length++)
            {
                var found = Inspection.Of(new WatchedStream(file[..length]));
                // The mark of the end alone may be missing (MissingEndTests); PNG's is the longest. A GIF cut between two frames is a whole one of
                // the frames before: nothing in it tells how many there were.
                var lacksMarkOnly =
                    found is { IsSuccess: true, Value.EndsAt: { } end }
                    && (file.Length - length <= 12 || name.StartsWith("GIF", StringComparison.Ordinal) && end == length);
                Assert.True(
                    lacksMarkOnly || found.Error is ImageFileErrors.Damaged or ImageFileErrors.UnknownFormat or ImageFileErrors.Empty,
                    $"{name} cut to {length} of {file.Length}"
                );
            }
    }

    [Fact]
    public void One_changed_byte_gives_an_answer_in_bounded_time_and_memory()
    {
        var noise = new Noise(20_261_121);
        for (var i = 0; i < 4_000 * Fuzz.Times; i++)
        {
            var (name, seed) = ContainerSeeds.All[i % ContainerSeeds.All.Count];
            var file = (byte[])seed.Clone();
            var at = noise.Next(file.Length);
            file[at] = noise.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => (byte)(file[at] ^ 1 << noise.Next(8)),
                _ => (byte)noise.Next(256),
            };
            AssertDecided(file, $"{name}, byte {at} is {file[at]}");
        }
    }

    [Fact]
    public void Parts_lost_doubled_moved_or_overwritten_give_an_answer_in_bounded_time_and_memory()
    {
        var noise = new Noise(4_711);
        for (var i = 0; i < 2_000 * Fuzz.Times; i++)
        {
            var (name, seed) = ContainerSeeds.All[noise.Next(ContainerSeeds.All.Count)];
            var file = seed;
            for (var changes = noise.Next(4); changes >= 0 && file.Length > 8; changes--)
                file = Change(file, noise);
            AssertDecided(file, $"{name}, change {i}");
        }
    }

    [Fact]
    public void Coming_byte_by_byte_changes_no_answer()
    {
        var noise = new Noise(99);
        foreach (var (name, seed) in ContainerSeeds.All)
            for (var i = 0; i < 20; i++)
            {
                var file = i == 0 ? seed : Change(seed, noise);

                Assert.True(
                    Inspection.Of(file) is var whole
                        && Inspection.Of(new WatchedStream(file, pieceBytes: 1)) is var slow
                        && Told(whole) == Told(slow),
                    $"{name}, change {i}"
                );
            }
    }

    [Fact]
    public void What_lies_behind_the_picture_is_not_read()
    {
        // TIFF points into the file and HEIF's boxes run on: those two are held by what they read in all
        foreach (var (name, seed) in ContainerSeeds.All)
        {
            var watched = new WatchedStream([.. seed, .. new byte[4 << 20]]);

            Inspection.Of(watched);

            Assert.True(watched.Farthest <= seed.Length + BufferBytes, $"{name} of {seed.Length} bytes was read to {watched.Farthest}");
            Assert.True(watched.BytesRead <= seed.Length + 4 * BufferBytes, $"{name} of {seed.Length} bytes: {watched.BytesRead} were read");
        }
    }

    [Fact]
    public void A_declared_size_sizes_no_allocation()
    {
        (byte[] Small, byte[] Huge)[] pairs =
        [
            (PngSample.Assemble(8, 8, 2, [], [0]), PngSample.Assemble(40_000_000, 40_000_000, 2, [], [0])),
            (GifSample.Bomb(8, 8, 1), GifSample.Bomb(65_535, 65_535, 1)),
            (Samples.WebP(8, 8), Samples.WebP(16_384, 16_384)),
            (Samples.HeifShell(8, 8), Samples.HeifShell(40_000_000, 40_000_000)),
        ];
        foreach (var (small, huge) in pairs)
        {
            Allocated(small);

            Assert.True(Inspection.Of(huge, NoLimits).IsSuccess);
            Assert.InRange(Allocated(huge), 0, Allocated(small) + 1_000);
        }
    }

    private static long Allocated(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Inspection.Of(file, NoLimits);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertDecided(byte[] file, string what)
    {
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var watched = new WatchedStream(file);
        Result<ImageHeader> answer;
        try
        {
            answer = Inspection.Of(watched);
        }
        catch (Exception thrown)
        {
            throw new InvalidOperationException($"{what}: {Convert.ToBase64String(file)}", thrown);
        }

        Assert.True(
            GC.GetAllocatedBytesForCurrentThread() - before < AllowedBytes,
            $"{what} allocated {GC.GetAllocatedBytesForCurrentThread() - before} bytes"
        );
        Assert.True(clock.Elapsed < Allowed, $"{what} took {clock.ElapsedMilliseconds} ms");
        Assert.True(watched.BytesRead <= 20 * file.Length + 20 * BufferBytes, $"{what}: {watched.BytesRead} bytes read of {file.Length}");
        if (answer.IsSuccess)
            Assert.True(answer.Value is { WidthPx: > 0, HeightPx: > 0, Frames: > 0, Orientation: >= 1 and <= 8 }, $"{what}: {answer.Value}");
    }

    private static byte[] Change(byte[] file, Noise noise)
    {
        var (at, length) = (noise.Next(file.Length), 1 + noise.Next(64));
        var end = Math.Min(at + length, file.Length);
        var (before, part, after) = (file[..at], file[at..end], file[end..]);
        return noise.Next(5) switch
        {
            0 => [.. before, .. after],
            1 => [.. before, .. part, .. part, .. after],
            2 => [.. after, .. before, .. part],
            3 => [.. before, .. noise.Bytes(part.Length), .. after],
            _ => [.. before, .. Enumerable.Repeat((byte)(noise.Next(2) == 0 ? 0 : 0xFF), Math.Min(part.Length, 8)), .. part.Skip(8), .. after],
        };
    }

    private static string Told(Result<ImageHeader> answer) => answer.IsSuccess ? answer.Value.ToString() : answer.Error!.ToString();
}
