using GoImg.Core.Rendering;
using GoImg.Infrastructure.Scanning;
using GoImg.Tests.Commands;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Scanning;

/// <summary>clamd does not tell its limits: what it makes of our largest file does. With the real one.</summary>
public sealed class ScanDepthProbeTests
{
    private static readonly ImageLimits Limits = new() { MaxFileBytes = 20 << 20 };

    public static TheoryData<string, string, string> Settings =>
        new()
        {
            { "StreamMaxLength 30M\nMaxFileSize 30M\nMaxScanSize 30M\n", "", "" },
            {
                "StreamMaxLength 10M\n",
                "Does not take files as large as may be uploaded: they wait.",
                "StreamMaxLength, MaxFileSize and MaxScanSize"
            },
            {
                "StreamMaxLength 30M\nMaxFileSize 10M\n",
                "Does not look into files as large as may be uploaded: they pass unscanned.",
                "MaxFileSize and MaxScanSize"
            },
            {
                "StreamMaxLength 30M\nMaxScanSize 10M\n",
                "Does not look into files as large as may be uploaded: they pass unscanned.",
                "MaxFileSize and MaxScanSize"
            },
            {
                "StreamMaxLength 30M\nMaxFileSize 10M\nAlertExceedsMax yes\n",
                "Calls files as large as may be uploaded infected, unseen.",
                "AlertExceedsMax"
            },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_limit_of_clamd_below_ours_is_found_and_named(string settings, string note, string named)
    {
        await using var clamd = await Clamd.StartAsync(settings);

        var finding = await FindAsync(clamd);

        Assert.Equal(note, finding.Note ?? "");
        if (note.Length == 0)
            Assert.Null(finding.Problem);
        else
            Assert.Contains(named, finding.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_signature_of_the_test_file_nothing_is_claimed()
    {
        await using var clamd = await Clamd.StartAsync("StreamMaxLength 30M\nMaxFileSize 10M\n", knowsTestFile: false);

        var finding = await FindAsync(clamd);

        Assert.Null(finding.Problem);
        Assert.Contains("is not known, as it knows no test file", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_readiness_the_admins_page_and_the_doctor_say_what_is_not_looked_into()
    {
        await using var clamd = await Clamd.StartAsync("StreamMaxLength 60M\nMaxFileSize 10M\n");
        await using var app = await GoImgApp.StartAsync("Scanning:Kind=clamav", $"Scanning:ClamAv={clamd.Address}", GoImgApp.NoJobs);
        var ada = await app.SignUpAsync("ada", Core.Accounts.Role.Admin);

        var page = await ada.Http.GetStringAsync("/moderation/system", TestContext.Current.CancellationToken);

        var ready = await app.Anonymous.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
        var doctor = await CommandRun.Async(app, "doctor", "--Scanning:Kind=clamav", $"--Scanning:ClamAv={clamd.Address}");

        foreach (var told in new[] { page, ready, doctor.Output })
            Assert.Contains("they pass unscanned", told, StringComparison.Ordinal);
        foreach (var told in new[] { page, doctor.Output })
            Assert.Contains("Raise MaxFileSize and MaxScanSize in clamd.conf", told, StringComparison.Ordinal);
        Assert.Contains("warn  scanner", doctor.Output, StringComparison.Ordinal);
        Assert.Matches("Now 0 of [0-9]+ renders and 0 of 1536 MiB", page);
    }

    [Fact]
    public async Task What_is_wrong_is_logged_once_and_by_itself()
    {
        await using var clamd = await Clamd.StartAsync("StreamMaxLength 30M\nMaxFileSize 10M\n");
        var log = new LogLines();
        using var limit = new ScanDepthProbe(Scanner(clamd), FixedOptions.Of(Limits), TimeProvider.System, log.For<ScanDepthProbe>());

        await limit.StartAsync(TestContext.Current.CancellationToken);
        await limit.ExecuteTask!;

        Assert.True(log.Contains("Error: clamd answers OK for files as large as Limits:MaxFileBytes (20 MiB) without looking into them."));
    }

    private static async Task<ScanDepthFinding> FindAsync(Clamd clamd)
    {
        using var limit = new ScanDepthProbe(Scanner(clamd), FixedOptions.Of(Limits), TimeProvider.System, new LogLines().For<ScanDepthProbe>());
        return await limit.FindAsync(TestContext.Current.CancellationToken);
    }

    private static ClamAvScanner Scanner(Clamd clamd) =>
        new(FixedOptions.Of(new ScanningOptions { Kind = "clamav", ClamAv = clamd.Address }), TimeProvider.System);
}
