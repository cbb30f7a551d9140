using System.ComponentModel;
using System.Diagnostics;

namespace GoImg.EmbeddedPostgres;

/// <summary>Runs a short-lived program to its end.</summary>
internal static class Command
{
    private const int NotFound = 127;

    /// <param name="user">The account to run it as, which needs root; null for our own.</param>
    /// <param name="environment">What it finds there besides PATH; what is null or empty is left out.</param>
    public static async Task<CommandResult> RunAsync(
        string program,
        string[] arguments,
        string? user,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        using var process = new Process { StartInfo = Describe(program, arguments, user) };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (!string.IsNullOrEmpty(value))
                process.StartInfo.Environment[name] = value;
        }

        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new CommandResult(NotFound, "", e.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, (await output).Trim(), (await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>A program with nothing inherited but PATH: the server's environment is readable to its other processes,
    /// and GoImg's may hold secrets.</summary>
    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string? user)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // an account that replaces root may not be able to enter our own working directory
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (user is not null)
            start.UserName = user;
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    public static string SearchPath =>
        Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
}

internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;
}
