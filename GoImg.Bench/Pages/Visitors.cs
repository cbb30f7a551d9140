using System.Diagnostics;
using System.Net;
using GoImg.Bench.Results;

namespace GoImg.Bench.Pages;

/// <summary>So many who ask for one page after the other, without a pause.</summary>
internal static class Visitors
{
    /// <summary>How long answers took, in milliseconds, and how many were whole.</summary>
    /// <param name="patience">After which a visitor gives up and asks anew.</param>
    public static async Task<Visit> AskAsync(HttpClient http, IReadOnlyList<string> paths, int clients, TimeSpan time, TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        var next = 0;
        var visits = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(AskOnAsync)));
        return new Visit(new Series([.. visits.SelectMany(v => v.Times)]), visits.Sum(v => v.Failed), clock.Elapsed);

        async Task<(List<double> Times, int Failed)> AskOnAsync()
        {
            var (times, failed) = (new List<double>(), 0);
            while (clock.Elapsed < time)
            {
                var path = paths[Interlocked.Increment(ref next) % paths.Count];
                var asked = Stopwatch.GetTimestamp();
                using var giveUp = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(2));
                try
                {
                    using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), giveUp.Token);
                    if (answer.StatusCode == HttpStatusCode.OK)
                        times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    else
                        failed++;
                }
                catch (Exception gone) when (gone is OperationCanceledException or HttpRequestException)
                {
                    failed++;
                }
            }

            return (times, failed);
        }
    }
}

internal sealed record Visit(Series Times, int Failed, TimeSpan Took)
{
    public double AnswersASecond => Times.Values.Count / Took.TotalSeconds;
}
