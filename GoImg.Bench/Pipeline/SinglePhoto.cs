using System.Diagnostics;
using GoImg.Bench.GoImgItself;
using GoImg.Bench.Photos;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pipeline;

/// <summary>One 12-megapixel photo at a time on a server that has nothing else to do: from the first byte sent until it can be looked at.</summary>
internal static class SinglePhoto
{
    public static async Task<(Series Seconds, bool IsScanned)> RunAsync(int count, Scratch scratch)
    {
        using var clamd = await Clamd.TryStartAsync(scratch.Path);
        string[] settings = clamd is null ? [] : ["Scanning:Kind=clamav", $"Scanning:ClamAv=127.0.0.1:{clamd.Port}"];
        await using var server = await Server.StartAsync(scratch.Path, Environment.ProcessorCount, settings);
        var photo = await File.ReadAllBytesAsync(
            await PhotoSet.PaintAsync(Path.Combine(Workspace.Cache, "photos"), "painted-00-4000x3000", 4000, 3000, 0)
        );
        var seconds = new List<double>();
        for (var i = -3; i < count; i++)
        {
            using var member = await Member.SignUpAsync(server.Address);
            var clock = Stopwatch.StartNew();
            using var content = new MemoryStream(photo);
            await member.WaitUntilReadyAsync(await member.UploadAsync(content, "photo.jpg"));
            // the first three warm it up
            if (i >= 0)
                seconds.Add(clock.Elapsed.TotalSeconds);
        }

        return (new Series(seconds), clamd is not null);
    }
}
