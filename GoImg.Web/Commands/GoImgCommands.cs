using System.CommandLine;
using System.CommandLine.Help;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>What <c>goimg</c> does besides serving. Commands read the same configuration as the server.</summary>
internal static class GoImgCommands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    // "@name" is no file of arguments here: passwords and names may begin like that.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Whether the arguments are for a command and not for the server.</summary>
    public static bool Wants(string[] args) =>
        args is [{ } first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var root = new RootCommand(
            "GoImg, a self-hosted image gallery. Without a command it starts the server.\nAny setting of docs/CONFIGURATION.md can follow as --Section:Key value."
        )
        {
            MigrateCommand.Create(console),
            AdminCommand.Create(console),
            KeysCommand.Create(console),
            DoctorCommand.Create(console),
            HealthCommand.Create(console),
            VerifyCommand.Create(console),
            BackupCommand.Create(console),
            RestoreCommand.Create(console),
            StorageCommand.Create(console),
        };
        var line = root.Parse(args is ["help", .. var words] ? [.. words.TakeWhile(word => !word.StartsWith('-')), "--help"] : args, Parser);
        if (line.Action is not HelpAction && Misuse(line) is { } misuse)
        {
            await console.Error.WriteLineAsync($"{misuse} goimg help lists what it knows.");
            return Misused;
        }

        try
        {
            return await line.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = console.Out,
                    Error = console.Error,
                    EnableDefaultExceptionHandler = false,
                }
            );
        }
        catch (Exception refused) when (StartupErrors.Explain(refused) is { } reason)
        {
            await console.Error.WriteLineAsync($"goimg {line.CommandResult.Command.Name} could not run: {reason}");
            return Failed;
        }
    }

    /// <summary>What was typed besides the command and its own options: configuration as for the server, <c>--Section:Key value</c>, <c>--urls …</c>.</summary>
    public static string[] Settings(this ParseResult line) => [.. line.UnmatchedTokens];

    // The first thing only: what follows an unknown word are settings, and one of them may be a password.
    private static string? Misuse(ParseResult line) =>
        line.Errors is [{ } error, ..] ? error.Message
        : StrayWord(line.UnmatchedTokens) is { } word ? $"\"{word}\" is no part of goimg {line.CommandResult.Command.Name}."
        : null;

    private static string? StrayWord(IReadOnlyList<string> settings)
    {
        for (var i = 0; i < settings.Count; i++)
        {
            if (!settings[i].StartsWith("--", StringComparison.Ordinal))
                return settings[i];
            if (!settings[i].Contains('=', StringComparison.Ordinal))
                i++;
        }

        return null;
    }
}

/// <summary>Where a command reads and writes.</summary>
internal sealed record CommandConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    public static CommandConsole OfProcess => new(Console.In, Console.Out, Console.Error);
}
