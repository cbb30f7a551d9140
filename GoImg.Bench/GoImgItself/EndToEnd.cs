using GoImg.Bench.Processes;

namespace GoImg.Bench.GoImgItself;

/// <summary>All photos from their upload until they can be looked at.</summary>
internal static class EndToEnd
{
    // enough that the server never waits for the network
    private const int UploadsAtOnce = 4;

    public static async Task<Measure> RunAsync(Server server, IReadOnlyList<string> photos)
    {
        using var member = await Member.SignUpAsync(server.Address);
        var (before, cpu) = (server.RenditionBytes(), server.Tree.CpuSeconds());
        server.Tree.ResetPeaks();
        var seconds = await member.UploadAllAsync(photos, UploadsAtOnce);
        return new Measure(seconds, server.Tree.CpuSeconds() - cpu, server.Tree.Memory().Max(p => p.PeakMiB), server.RenditionBytes() - before);
    }
}
