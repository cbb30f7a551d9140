using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using GoImg.Core.Integrity;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>Is everything there that was promised, and nothing else? 0: yes; 1: something was found; 2: it could not be checked.</summary>
internal static class VerifyCommand
{
    private const int CouldNotCheck = 2;

    // An upload's bytes have their name a moment before its row is saved; the sweep waits as long.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1) + TimeSpan.FromHours(2);

    public static Command Create(CommandConsole console)
    {
        var json = new Option<bool>("--json") { Description = "writes a line of JSON for each finding and one at the end" };
        var deep = new Option<bool>("--deep") { Description = "compares byte by byte" };
        var verify = new Command(
            "verify",
            "Compares the database with the stored files; exits with 0 when all is well, 1 with findings, 2 when it could not check."
        )
        {
            json,
            deep,
        };
        verify.TreatUnmatchedTokensAsErrors = false;
        verify.SetAction(
            (line, cancellationToken) => RunAsync(line.Settings(), line.GetValue(deep), line.GetValue(json), console, cancellationToken)
        );
        return verify;
    }

    public static async Task<int> RunAsync(string[] settings, bool isDeep, bool asJson, CommandConsole console, CancellationToken cancellationToken)
    {
        IVerifyOutput output = asJson ? new JsonOutput(console.Out) : new PlainOutput(console.Out);
        try
        {
            await using var app = await GoImgHost.CreateAsync(["--Logging:LogLevel:Default=Error", .. settings], isCommand: true);
            await using var scope = app.Services.CreateAsyncScope();
            return await RunAsync(scope.ServiceProvider.GetRequiredService<VerifyGallery>(), isDeep, output, cancellationToken);
        }
        catch (Exception away)
        {
            // Whatever it was: scripts go by the exit code, and this must not read as a finding.
            await console.Error.WriteLineAsync($"goimg verify could not check: {StartupErrors.Explain(away) ?? away.Message}");
            return CouldNotCheck;
        }
    }

    private static async Task<int> RunAsync(VerifyGallery gallery, bool isDeep, IVerifyOutput output, CancellationToken cancellationToken)
    {
        var tally = new IntegrityTally();
        var counts = new SortedDictionary<FindingKind, long>();
        await output.BeginAsync();
        await foreach (var finding in gallery.RunAsync(isDeep, Grace, tally, cancellationToken))
        {
            counts[finding.Kind] = counts.GetValueOrDefault(finding.Kind) + 1;
            await output.FoundAsync(finding);
        }

        await output.EndAsync(new VerifyResponse(counts.Count == 0, isDeep, tally.Images, tally.Objects, tally.HashedBytes, counts));
        return counts.Count == 0 ? GoImgCommands.Done : GoImgCommands.Failed;
    }

    private sealed record VerifyResponse(
        bool Clean,
        bool Deep,
        long Images,
        long Objects,
        long HashedBytes,
        IReadOnlyDictionary<FindingKind, long> Counts
    );

    private interface IVerifyOutput
    {
        Task BeginAsync();

        Task FoundAsync(Finding finding);

        Task EndAsync(VerifyResponse answer);
    }

    private sealed class PlainOutput(TextWriter @out) : IVerifyOutput
    {
        public Task BeginAsync() => Task.CompletedTask;

        public Task FoundAsync(Finding finding) => @out.WriteLineAsync($"{finding.Kind, -17} {finding.Subject}  {finding.Detail}");

        public Task EndAsync(VerifyResponse answer) =>
            @out.WriteLineAsync(
                $"{answer.Images} images and {answer.Objects} objects checked{(answer.Deep ? ", every byte" : " by length")}: "
                    + (answer.Clean ? "all is well." : string.Join(", ", answer.Counts.Select(c => $"{c.Value} {c.Key}")) + ".")
            );
    }

    /// <summary>One document, written as it grows: <c>findings</c> first, whose number is not known, then the counts.</summary>
    private sealed class JsonOutput(TextWriter @out) : IVerifyOutput
    {
        private static readonly JsonSerializerOptions Options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };

        private string _before = "";

        public Task BeginAsync() => @out.WriteAsync("{\"findings\":[");

        public async Task FoundAsync(Finding finding)
        {
            await @out.WriteAsync(_before + "\n" + JsonSerializer.Serialize(finding, Options));
            _before = ",";
        }

        public Task EndAsync(VerifyResponse answer) => @out.WriteLineAsync("],\n" + JsonSerializer.Serialize(answer, Options)[1..]);
    }
}
