using GoImg.Tests.Harness;
using GoImg.Web.Commands;

namespace GoImg.Tests.Commands;

/// <summary>A <c>goimg</c> command in this process.</summary>
public sealed record CommandRun(int Code, string Output, string Errors)
{
    public static Task<CommandRun> Async(GoImgApp app, params string[] words) => Async(app.ConnectionString, app.DataPath, words);

    public static async Task<CommandRun> Async(string connectionString, string dataPath, params string[] words)
    {
        using var @in = new StringReader("");
        await using var @out = new StringWriter();
        await using var errors = new StringWriter();
        string[] settings =
        [
            $"--ConnectionStrings:GoImg={connectionString}",
            $"--Data:Path={dataPath}",
            "--contentRoot",
            RepositoryPaths.Web,
            "--environment",
            "Test",
        ];
        var code = await GoImgCommands.RunAsync([.. words, .. settings], new CommandConsole(@in, @out, errors));
        return new(code, @out.ToString(), errors.ToString());
    }
}
