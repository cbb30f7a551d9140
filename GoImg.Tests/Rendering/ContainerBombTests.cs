using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Every recipe for a file that costs more than it weighs. Nothing native has seen a byte when these are decided.</summary>
public sealed class ContainerBombTests
{
    private const long AllowedBytes = 2_000_000;

    // A bomb takes minutes; how quick a reader is, no test of a busy machine can tell. What it reads and allocates is exact.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Names => [.. ContainerBomb.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bomb_is_answered_with_its_reason_at_once_and_in_little_memory(string name)
    {
        var bomb = ContainerBomb.All.Single(b => b.Name == name);
        var file = bomb.Make();
        Inspection.Of(Samples.Png(8, 8, extraChunks: [PngSample.TextBomb("zTXt", 10)]));
        var watched = new WatchedStream(file);

        var (error, took, allocated) = Inspect(watched);

        Assert.True(bomb.Code == error?.Code, $"{name}: {error?.Message ?? "accepted"}");
        Assert.True(took < Allowed, $"{name} of {file.Length} bytes took {took.TotalMilliseconds:0} ms");
        Assert.True(allocated < AllowedBytes, $"{name} allocated {allocated} bytes");
        Assert.True(watched.BytesRead <= 4L * file.Length + 1_000_000, $"{name} of {file.Length} bytes: {watched.BytesRead} were read");
    }

    [Fact]
    public void Boxes_that_lie_too_deep_within_one_another_are_refused_as_that()
    {
        var error = Inspection.Of(ContainerBomb.All.Single(b => b.Name == "HEIC, 16 boxes within one another and the description").Make()).Error;

        Assert.Equal(new ImageFileErrors.Damaged("its boxes lie more than 16 deep within one another"), error);
    }

    private static (Error? Error, TimeSpan Took, long Allocated) Inspect(Stream file)
    {
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        var error = Inspection.Of(file).Error;
        return (error, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
