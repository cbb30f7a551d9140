using System.Diagnostics;
using System.Text.Json;
using GoImg.Web.Hosting;

#pragma warning disable MA0047 // .NET looks for startup hooks by this name, outside any namespace.

/// <summary>Runs inside a server's process before its own <c>Main</c> and starts more galleries there. It is not part of the server:
/// <see cref="GoImg.Tests.Harness.ServerProcess"/> brings it along.</summary>
internal static class StartupHook
{
    private const string Galleries = "GOIMG_TEST_GALLERIES";

    public static void StartInside(ProcessStartInfo server, IEnumerable<string[]> arguments)
    {
        server.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        server.Environment[Galleries] = JsonSerializer.Serialize(arguments);
    }

    public static void Initialize()
    {
        // One that does not start ends them all.
        foreach (var gallery in JsonSerializer.Deserialize<string[][]>(Environment.GetEnvironmentVariable(Galleries)!)!)
            _ = Task.Run(async () => Environment.Exit(await GoImgHost.RunAsync(gallery)));
    }
}
