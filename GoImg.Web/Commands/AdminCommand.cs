using System.CommandLine;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class AdminCommand
{
    public static Command Create(CommandConsole console)
    {
        var username = new Option<string>("--username") { Description = "3 to 32 letters, digits and underscores", Required = true };
        var email = new Option<string>("--email") { Description = "the address to sign in with and to write to", Required = true };
        var fromStdin = new Option<bool>("--password-stdin") { Description = "reads the password from standard input instead of asking" };
        var create = new Command("create", "Makes an admin; asks for the password.") { username, email, fromStdin };
        create.TreatUnmatchedTokensAsErrors = false;
        create.SetAction(
            async (line, cancellationToken) =>
            {
                if (await ReadPasswordAsync(line.GetValue(fromStdin), console) is { } password)
                    return await CreateAsync(
                        new Registration(line.GetValue(username), line.GetValue(email), password),
                        line.Settings(),
                        console,
                        cancellationToken
                    );
                await console.Error.WriteLineAsync(
                    "There is no terminal to ask for the password on. Give it on standard input with --password-stdin."
                );
                return GoImgCommands.Misused;
            }
        );
        return new Command("admin", "Looks after the people who run the site.") { create };
    }

    private static async Task<int> CreateAsync(Registration form, string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Warning", .. settings], isCommand: true);
        await using var scope = app.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<AdminSetup>().CreateAdminAsync(Actor.System, form, cancellationToken);
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

    /// <summary>Never from an argument: those stand in the shell's history and in the list of processes. Null when there is no one to ask.</summary>
    private static async Task<string?> ReadPasswordAsync(bool fromStdin, CommandConsole console)
    {
        if (fromStdin)
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
