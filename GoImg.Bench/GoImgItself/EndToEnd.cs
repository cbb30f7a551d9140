using GoImg.Bench.Processes;

namespace GoImg.Bench.GoImgItself;

/// <summary>All photos from their upload until they can be looked at.</summary>
internal static class EndToEnd
{
    // enough that the server never waits for the network
    private const int UploadsAtOnce = 4;

    // server and render processes alike
    private const string Program = "GoImg.Web";

    public static async Task<Measure> RunAsync(Server server, IReadOnlyList<string> photos)
    {
        using var member = await Member.SignUpAsync(server.Address);
        var (before, cpu) = (server.RenditionBytes(), server.Tree.CpuSeconds());
        var processes = server.Tree.Ids(Program);
        server.Tree.ResetPeaks();
        var seconds = await member.UploadAllAsync(photos, UploadsAtOnce);
        // A render process that is replaced takes what it used out of the sum: its sandbox ends with it, and no one is left to wait for it.
        var cpuSeconds = processes.IsSubsetOf(server.Tree.Ids(Program)) ? server.Tree.CpuSeconds() - cpu : double.NaN;
        return new Measure(seconds, cpuSeconds, server.Tree.Memory().Max(p => p.PeakMiB), server.RenditionBytes() - before);
    }
}
