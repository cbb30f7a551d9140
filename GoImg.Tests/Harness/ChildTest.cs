using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit.v3;

namespace GoImg.Tests.Harness;

/// <summary>Runs one explicit test in a process of its own: to be killed, traced, or started as somebody else.</summary>
public static class ChildTest
{
    /// <param name="launcher">A program and its arguments that start the child in their own way (strace), or nothing.</param>
    public static Process Start(string test, IEnumerable<KeyValuePair<string, string>> environment, params string[] launcher)
    {
        string[] command = [.. launcher, Path.Combine(AppContext.BaseDirectory, "GoImg.Tests"), "-method", test, "-explicit", "only", "-noColor"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts it, waits for its end and returns what it printed.</summary>
    public static async Task<string> RunAsync(string test, IEnumerable<KeyValuePair<string, string>> environment, params string[] launcher)
    {
        using var process = Start(test, environment, launcher);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }
}

/// <summary>Not a test but the work of a <see cref="ChildTest"/>, which calls it by name; the suite leaves it out.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChildFactAttribute : FactAttribute, ITraitAttribute
{
    public ChildFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = true;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Role", "child")];
}
