using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering;

/// <summary>What a render process is started in.</summary>
/// <param name="IsNobody">As the account without rights, by a server that runs as root.</param>
/// <param name="MaxProcesses">Processes and threads there may be in it; 0 = not limited.</param>
internal sealed record SandboxProfile(RenderIsolation Isolation, bool IsNobody = false, int MaxProcesses = 0)
{
    public static readonly SandboxProfile None = new(RenderIsolation.None);

    // The kernel counts a user namespace's processes by themselves since then (ucounts). Before, a limit would also count what the account runs outside.
    private static readonly Version CountsByNamespace = new(5, 14);

    /// <summary>Most that one may need: what was measured and room (docs/adr/0021). AV1's decoder starts threads by the number of cores.</summary>
    private static int ProcessesNeeded => 64 + 8 * Environment.ProcessorCount;

    /// <summary>What to try for this isolation, best first.</summary>
    public static IEnumerable<SandboxProfile> For(RenderIsolation isolation)
    {
        // For root the kernel knows no such limit, in no namespace.
        if (OperatingSystem.IsLinux() && Environment.OSVersion.Version >= CountsByNamespace)
            yield return new(isolation, IsNobody: Environment.IsPrivilegedProcess, ProcessesNeeded);
        yield return new(isolation);
    }
}
