using System.CommandLine;
using GoImg.Infrastructure.Security;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>For when the secret that the stored keys were encrypted with is lost.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandConsole console)
    {
        var discard = new Command(
            "discard",
            "Deletes the keys of cookies and access tokens. Everyone has to sign in again; restart the server afterwards."
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        discard.SetAction((line, cancellationToken) => DiscardAsync(line.Settings(), console, cancellationToken));
        return new Command("keys", "Looks after the keys that cookies and access tokens are protected with.") { discard };
    }

    private static async Task<int> DiscardAsync(string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        var builder = GoImgHost.CreateBuilder(settings);
        await using var database = await DatabaseServer.OpenAsync(builder.Configuration, logs: null, mayJoin: true, cancellationToken);
        await StoredKeys.DiscardAsync(database.ConnectionString, cancellationToken);
        await console.Out.WriteLineAsync("The keys are gone. Restart GoImg: it makes new ones, and everyone has to sign in again.");
        return GoImgCommands.Done;
    }
}
