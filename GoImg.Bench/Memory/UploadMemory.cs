using GoImg.Bench.GoImgItself;
using GoImg.Bench.Photos;
using GoImg.Bench.Results;
using GoImg.Infrastructure.Scanning;

namespace GoImg.Bench.Memory;

/// <summary>An upload's memory must not grow with the file: the server's peak at 1 GB against that at 20 MB.</summary>
internal static class UploadMemory
{
    public static async Task<Aim> RunAsync(Scratch scratch)
    {
        await using var server = await Server.StartAsync(
            scratch.Path,
            Environment.ProcessorCount,
            "Limits:MaxFileBytes=2000000000",
            "Node:Role=web",
            "Rendering:MemoryMiB=4096"
        );
        using var member = await Member.SignUpAsync(server.Address);
        var start = await File.ReadAllBytesAsync(await PhotoSet.PaintAsync(Path.Combine(Workspace.Cache, "photos"), "painted-small", 640, 480, 0));
        // so that what is compiled and pooled once is there before the comparison
        for (var i = 0; i < 5; i++)
            await UploadAsync(20_000_000, i);
        var small = await PeakOfAsync(20_000_000, 100);
        var large = await PeakOfAsync(1_000_000_000, 101);
        return Aim.AtMost(
            "M3",
            "the server's memory at its peak, upload of 1 GB less upload of 20 MB",
            10,
            new([Math.Max(0, large - small)]),
            " MiB"
        );

        async Task<double> PeakOfAsync(long length, int seed)
        {
            server.Tree.ResetPeaks();
            await UploadAsync(length, seed);
            return server.Tree.Memory("GoImg.Web").Max(p => p.PeakMiB);
        }

        async Task UploadAsync(long length, int seed)
        {
            // a photo with bytes behind its end mark, as phones append films
            await using var content = new PaddedFile(start, [], length, (byte)seed);
            await member.UploadAsync(content, "large.jpg");
        }
    }
}
