using System.CommandLine;
using System.Text.Json;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>Asks the server that runs with the same settings how it is, for a container's health check: its image needs no other program for that.
/// 0: it serves, if with less than all; 1: it does not.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(CommandConsole console)
    {
        var health = new Command("health", "Asks the running server how it is; exits with 0 when it serves, 1 when it does not.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        health.SetAction((line, cancellationToken) => RunAsync(line.Settings(), console, cancellationToken));
        return health;
    }

    private static async Task<int> RunAsync(string[] given, CommandConsole console, CancellationToken cancellationToken)
    {
        var settings = GoImgHost.CreateBuilder(given).Configuration;
        if (AddressOf(settings) is not { } address)
        {
            await console.Error.WriteLineAsync("goimg health asks over http, and the settings name no http address to listen on.");
            return GoImgCommands.Misused;
        }

        using var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        // the one host that is surely answered; others may be refused
        if (settings["AllowedHosts"] is { Length: > 0 } hosts && !hosts.Contains('*', StringComparison.Ordinal))
            client.DefaultRequestHeaders.Host = hosts.Split(';')[0];
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellationToken);
            await console.Out.WriteLineAsync(
                (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("status").GetString()
            );
            return answer.IsSuccessStatusCode ? GoImgCommands.Done : GoImgCommands.Failed;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException or JsonException)
        {
            await console.Error.WriteLineAsync($"{address} does not answer as GoImg does: {silent.Message}");
            return GoImgCommands.Failed;
        }
    }

    /// <summary>The first http address of <c>urls</c>, or else of the ports a container's image names; one that means all is asked by loopback.</summary>
    private static Uri? AddressOf(IConfiguration settings)
    {
        string[] urls =
            settings["urls"] is { Length: > 0 } named ? Words(named)
            : settings["http_ports"] is { Length: > 0 } ports ? [.. Words(ports).Select(port => $"http://*:{port}")]
            : ["http://localhost:5000"];
        return urls.Where(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            .Select(BindingAddress.Parse)
            .Where(address => !address.IsUnixPipe)
            .Select(address =>
                new UriBuilder("http", address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host, address.Port).Uri
            )
            .FirstOrDefault();
    }

    private static string[] Words(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
