using System.Diagnostics;

namespace GoImg.Bench.Processes;

/// <summary>Other programs, run to their end.</summary>
internal static class Shell
{
    /// <summary>What it wrote; throws with its complaint when it fails.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await complaint}");
    }

    /// <summary>The first line of what it says; null when there is no such program.</summary>
    public static async Task<string?> FirstLineAsync(string program, params string[] arguments)
    {
        try
        {
            return (await RunAsync(program, arguments)).Split('\n')[0];
        }
        catch (Exception absent) when (absent is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
