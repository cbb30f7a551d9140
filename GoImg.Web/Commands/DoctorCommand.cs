using System.Runtime.InteropServices;
using GoImg.Core.Accounts;
using GoImg.Core.Health;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class DoctorCommand
{
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        var line = CommandLine.Parse(args);
        await WriteAsync(
            DependencyState.Ok,
            "goimg",
            $"{typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3)} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"
        );

        await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Error", .. line.Settings], isCommand: true);
        await WriteAsync(DependencyState.Ok, "settings", "read, and all within their limits");
        var report = await app.Services.GetRequiredService<Readiness>().CheckAsync(CancellationToken.None);
        foreach (var dependency in report.Dependencies)
            await WriteAsync(dependency.State, dependency.Name, $"{dependency.Note} {dependency.Detail}".Trim());

        await using var scope = app.Services.CreateAsyncScope();
        var hasAdmin = await scope.ServiceProvider.GetRequiredService<IMembers>().AnyAdminAsync(CancellationToken.None);
        await WriteAsync(
            hasAdmin ? DependencyState.Ok : DependencyState.Degraded,
            "admin",
            hasAdmin ? "there is one" : "there is none: start GoImg and open the link it prints, or run goimg admin create"
        );
        return report.Dependencies.Any(d => d.State == DependencyState.Down) ? GoImgCommands.Failed : GoImgCommands.Done;

        Task WriteAsync(DependencyState state, string name, string words) => console.Out.WriteLineAsync($"{WordOf(state), -5} {name, -9} {words}");
    }

    private static string WordOf(DependencyState state) =>
        state switch
        {
            DependencyState.Ok => "ok",
            DependencyState.Degraded => "warn",
            _ => "fail",
        };
}
