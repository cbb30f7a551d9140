using System.CommandLine;
using System.Runtime.InteropServices;
using GoImg.Core.Accounts;
using GoImg.Core.Health;
using GoImg.Infrastructure.Security;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

internal static class DoctorCommand
{
    public static Command Create(CommandConsole console)
    {
        var doctor = new Command("doctor", "Looks at everything GoImg stands on, a line each; exits with 1 when something fails.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        doctor.SetAction((line, cancellationToken) => RunAsync(line.Settings(), console, cancellationToken));
        return doctor;
    }

    private static async Task<int> RunAsync(string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        await WriteAsync(
            DependencyState.Ok,
            "goimg",
            $"{typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3)} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"
        );

        await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Error", .. settings], isCommand: true);
        await WriteAsync(DependencyState.Ok, "settings", "read, and all within their limits");
        var whyRoot = RootPrivileges.WhyKept(app.Configuration);
        await WriteAsync(
            whyRoot is null ? DependencyState.Ok : DependencyState.Degraded,
            "account",
            whyRoot is null
                ? "a server started as this user has none of root's rights"
                : $"a server started as this user keeps root's rights: {whyRoot}"
        );
        var keys = await KeysAsync(app.Services, cancellationToken);
        await WriteAsync(keys is null ? DependencyState.Ok : DependencyState.Down, "keys", keys ?? "encrypted in the database, and readable here");
        var report = await app.Services.GetRequiredService<IReadiness>().CheckAsync(cancellationToken);
        foreach (var dependency in report.Dependencies)
            await WriteAsync(dependency.State, dependency.Name, $"{dependency.Note} {dependency.Detail}".Trim());

        await using var scope = app.Services.CreateAsyncScope();
        var hasAdmin = await scope.ServiceProvider.GetRequiredService<IMembers>().AnyAdminAsync(cancellationToken);
        await WriteAsync(
            hasAdmin ? DependencyState.Ok : DependencyState.Degraded,
            "admin",
            hasAdmin ? "there is one" : "there is none: start GoImg and open the link it prints, or run goimg admin create"
        );
        return keys is not null || report.Dependencies.Any(d => d.State == DependencyState.Down) ? GoImgCommands.Failed : GoImgCommands.Done;

        Task WriteAsync(DependencyState state, string name, string words) => console.Out.WriteLineAsync($"{WordOf(state), -5} {name, -9} {words}");
    }

    /// <summary>Null when all is well.</summary>
    private static async Task<string?> KeysAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.PrepareKeysAsync(cancellationToken);
            return null;
        }
        catch (UnreadableKeysException unreadable)
        {
            return unreadable.Message;
        }
    }

    private static string WordOf(DependencyState state) =>
        state switch
        {
            DependencyState.Ok => "ok",
            DependencyState.Degraded => "warn",
            _ => "fail",
        };
}
