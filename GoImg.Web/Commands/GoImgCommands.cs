using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>What <c>goimg</c> does besides serving. Commands read the same configuration as the server.</summary>
internal static class GoImgCommands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    private static readonly Command[] All =
    [
        new(
            "migrate",
            "migrate up | down | status",
            "brings the database's schema to this version, takes the newest change back (its data is lost), or tells how it stands",
            MigrateCommand.RunAsync
        ),
        new(
            "admin",
            "admin create --username NAME --email ADDRESS [--password-stdin]",
            "makes an admin; asks for the password, or reads it from standard input",
            AdminCommand.RunAsync
        ),
        new("doctor", "doctor", "looks at everything GoImg stands on, a line each; exits with 1 when something fails", DoctorCommand.RunAsync),
        new(
            "verify",
            "verify [--json] [--deep]",
            "compares the database with the stored files, --deep byte by byte; exits with 0 when all is well, 1 with findings, 2 when it could not check",
            VerifyCommand.RunAsync
        ),
        new("help", "help", "prints this", (_, console) => Task.FromResult(Help(console.Out))),
    ];

    /// <summary>Whether the arguments are for a command and not for the server.</summary>
    public static bool Wants(string[] args) => args is [{ } first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?");

    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var name = args[0].StartsWith('-') ? "help" : args[0];
        if (All.FirstOrDefault(command => command.Name == name) is not { } command)
        {
            await console.Error.WriteLineAsync($"goimg knows no command \"{name}\". goimg help lists what it knows.");
            return Misused;
        }

        try
        {
            return await command.Run(args, console);
        }
        catch (Exception refused) when (StartFailures.Explain(refused) is { } reason)
        {
            await console.Error.WriteLineAsync($"goimg {name} could not run: {reason}");
            return Failed;
        }
    }

    private static int Help(TextWriter @out)
    {
        @out.WriteLine("goimg                 starts the server");
        foreach (var command in All)
            @out.WriteLine($"goimg {command.Usage}\n                      {command.Summary}");
        @out.WriteLine("\nAny setting of docs/CONFIGURATION.md can follow as --Section:Key value.");
        return Done;
    }

    private sealed record Command(string Name, string Usage, string Summary, Func<string[], CommandConsole, Task<int>> Run);
}

/// <summary>Where a command reads and writes.</summary>
internal sealed record CommandConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    public static CommandConsole OfProcess => new(Console.In, Console.Out, Console.Error);
}
