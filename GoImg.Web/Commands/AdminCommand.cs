using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class AdminCommand
{
    private const string Usage = "Usage: goimg admin create --username NAME --email ADDRESS [--password-stdin]";

    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var line = CommandLine.Parse(args, "username=", "email=", "password-stdin");
        if (line.Words is not ["admin", "create"] || line["username"] is null || line["email"] is null)
        {
            await console.Error.WriteLineAsync(Usage);
            return GoImgCommands.Misused;
        }

        if (await ReadPasswordAsync(line, console) is not { } password)
        {
            await console.Error.WriteLineAsync("There is no terminal to ask for the password on. Give it on standard input with --password-stdin.");
            return GoImgCommands.Misused;
        }

        await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Warning", .. line.Settings], isCommand: true);
        await using var scope = app.Services.CreateAsyncScope();
        var created = await scope
            .ServiceProvider.GetRequiredService<AdminSetup>()
            .CreateAdminAsync(Actor.System, new Registration(line["username"], line["email"], password), CancellationToken.None);
        if (created.Error is { } error)
        {
            await console.Error.WriteLineAsync(
                error is ValidationFailed wrong ? string.Join('\n', wrong.Fields.Select(f => f.Message)) : error.Message
            );
            return GoImgCommands.Failed;
        }

        await console.Out.WriteLineAsync($"{created.Value.Username} is an admin now.");
        return GoImgCommands.Done;
    }

    /// <summary>Never from an argument: those stand in the shell's history and in the list of processes. Null when there is nobody to ask.</summary>
    private static async Task<string?> ReadPasswordAsync(CommandLine line, CommandConsole console)
    {
        if (line.Has("password-stdin"))
            return await console.In.ReadLineAsync() ?? "";
        if (Console.IsInputRedirected)
            return null;

        await console.Out.WriteAsync("Password: ");
        var password = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                password.Length = Math.Max(0, password.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                password.Append(key.KeyChar);
        }

        await console.Out.WriteLineAsync();
        return password.ToString();
    }
}
