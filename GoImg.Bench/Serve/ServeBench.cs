using System.Globalization;
using GoImg.Bench.GoImgItself;
using GoImg.Bench.Photos;
using GoImg.Bench.Processes;
using GoImg.Bench.Results;

namespace GoImg.Bench.Serve;

/// <summary><c>./bench serve</c>: renditions with authorization beside nginx with the same bytes as plain files, in turn in one run.</summary>
internal static class ServeBench
{
    private const string Load = "-t2 -c64 -d4s";

    public static async Task<bool> RunAsync(BenchOptions options)
    {
        using var scratch = new Scratch();
        var load = Machine.Load();
        await using var server = await Server.StartAsync(
            scratch.NewDirectory(),
            Environment.ProcessorCount,
            "Limits:PagesPerMinute=1000000000",
            "Limits:MemberRequestsPerMinute=1000000000"
        );
        using var member = await Member.SignUpAsync(server.Address);
        var photos = (
            options.Photos is { } folder ? PhotoSet.Of(folder, 2) : await PhotoSet.PaintedAsync(Path.Combine(Workspace.Cache, "photos"), 2)
        ).Files;
        var open = await UploadAsync(member, photos[0], "public");
        var own = await UploadAsync(member, photos[1], "private");

        var files = scratch.NewDirectory();
        Contest[] contests =
        [
            await ContestAsync("H1", "thumbnail of a public image, asked by a visitor", 0.60, open, "thumb", null),
            await ContestAsync("H1 b", "thumbnail of a private image, asked by its owner", 0.60, own, "thumb", member.Token.ToString()),
            await ContestAsync("H2", "large of a public image, asked by a visitor", 0.40, open, "large", null),
        ];
        await using var nginx = await Nginx.StartAsync(scratch.NewDirectory(), files);
        foreach (var contest in contests)
            await AskAsync(server.Address, contest);
        for (var round = 0; round < options.Rounds; round++)
            foreach (var contest in contests)
            {
                contest.Ours.Add(await AskAsync(server.Address, contest));
                contest.Nginx.Add(await AskAsync(nginx.Address, contest with { Path = "/" + contest.File, Token = null }));
            }

        return Report(options, load, contests);

        async Task<Contest> ContestAsync(string aim, string what, double target, string slug, string rendition, string? token)
        {
            var path = $"/i/{slug}/{rendition}";
            using var http = new HttpClient { BaseAddress = server.Address };
            http.DefaultRequestHeaders.Add("Accept", "image/webp");
            if (token is not null)
                http.DefaultRequestHeaders.Add("Authorization", token);
            var bytes = await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            var file = $"{slug}-{rendition}.webp";
            await File.WriteAllBytesAsync(Path.Combine(files, file), bytes);
            return new Contest(aim, what, target, path, file, bytes.Length, token, [], []);
        }
    }

    private static async Task<string> UploadAsync(Member member, string photo, string visibility)
    {
        await using var content = File.OpenRead(photo);
        var id = await member.UploadAsync(content, Path.GetFileName(photo), visibility);
        await member.WaitUntilReadyAsync(id);
        return (await member.GetAsync($"/api/v1/images/{id}")).GetProperty("slug").GetString()!;
    }

    /// <summary>Answers a second; fails when any is none.</summary>
    private static async Task<double> AskAsync(Uri server, Contest contest)
    {
        string[] arguments =
        [
            .. Load.Split(' '),
            "-H",
            "Accept: image/webp",
            .. contest.Token is { } token ? ["-H", $"Authorization: {token}"] : Array.Empty<string>(),
            new Uri(server, contest.Path).ToString(),
        ];
        var told = await Shell.RunAsync("wrk", arguments);
        if (told.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException(told);
        var line = told.Split('\n').First(line => line.StartsWith("Requests/sec:", StringComparison.Ordinal));
        return double.Parse(line["Requests/sec:".Length..], CultureInfo.InvariantCulture);
    }

    private static bool Report(BenchOptions options, double load, IReadOnlyList<Contest> contests)
    {
        var report = new Report();
        report.Heading("Renditions");
        report.List([
            $"{Environment.ProcessorCount} cores, {Results.Report.Date}, load {Series.Text(load)} at the start; GoImg, nginx and wrk on the same cores",
        ]);
        report.Paragraph(
            $"`wrk {Load}`, {options.Rounds} rounds in turn; answers a second. GoImg asks who may see the image, for each request, and counts it against its limits; nginx sends files."
        );
        report.Table(
            ["what", "bytes", "GoImg", "nginx"],
            contests.Select(c =>
                (IReadOnlyList<string>)
                    [c.What, c.Bytes.ToString("N0", CultureInfo.InvariantCulture), new Series(c.Ours).ToString(), new Series(c.Nginx).ToString()]
            )
        );
        var aims = contests.Select(c => Aim.AtLeast(c.Name, $"{c.What}: against nginx", c.Target, new Series(c.Ours) / new Series(c.Nginx))).ToList();
        report.Aims(aims);
        Console.WriteLine(report.ToString());
        if (options.Writes)
            report.WriteInto(Path.Combine(Workspace.Repository, "docs", "BENCHMARKS.md"), "serve");
        return aims.TrueForAll(aim => aim.IsReached);
    }

    private sealed record Contest(
        string Name,
        string What,
        double Target,
        string Path,
        string File,
        int Bytes,
        string? Token,
        List<double> Ours,
        List<double> Nginx
    );
}
