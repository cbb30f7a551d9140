using System.Collections.Concurrent;
using System.Text.Json;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Redis;

/// <summary>A site under a little load, and everything that happens to a Redis.</summary>
public sealed class RedisFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_happens_to_Redis_nobody_sees_an_error_or_is_signed_out_and_limits_limit()
    {
        await using var server = await RedisServer.StartAsync();
        await using var app = await GoImgApp.StartAsync(server.Setting, "Limits:SignInsPerMinute=5");
        await IsReadyAsync(app, "ok");
        var (ana, bob) = (await app.SignUpAsync("ana"), await app.SignUpAsync("bob"));
        await using (var load = new Load([(app.Anonymous, "/"), (ana.Http, "/library"), (bob.Http, "/account"), (bob.Http, "/")]))
        {
            await FaultAsync(server.KillAsync, server.StartAgainAsync);
            await FaultAsync(server.PauseAsync, server.ContinueAsync);
            await FaultAsync(() => SlowDownAsync(TimeSpan.FromMilliseconds(500)), () => SlowDownAsync(TimeSpan.Zero));

            await server.RunAsync("FLUSHALL");
            await AreSignInsLimitedAsync(app);
            await load.GoesOnAsync();
            await server.KillAsync();
            await server.StartAgainAsync();
            await AreSignInsLimitedAsync(app);
            await load.GoesOnAsync();
            await IsReadyAsync(app, "ok");
            Assert.Empty(load.Unexpected);

            async Task FaultAsync(Func<Task> begin, Func<Task> end)
            {
                await begin();
                await AreSignInsLimitedAsync(app);
                await IsReadyAsync(app, "degraded");
                await load.GoesOnAsync();
                await end();
                await IsReadyAsync(app, "ok");
                await Eventually.TrueAsync(() => Task.FromResult(app.Services.GetRequiredService<IChangeSignals>().AreHeard));
            }
        }

        Task SlowDownAsync(TimeSpan delay)
        {
            server.Delay = delay;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_site_starts_without_its_Redis_and_finds_it_later()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var app = await GoImgApp.StartAsync(server.Setting);
        var ana = await app.SignUpAsync("ana");
        using var page = await ana.GetAsync("/library");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await IsReadyAsync(app, "degraded");

        await server.StartAgainAsync();

        await IsReadyAsync(app, "ok");
        await Eventually.TrueAsync(() => Task.FromResult(app.Services.GetRequiredService<IChangeSignals>().AreHeard));
    }

    private static Task IsReadyAsync(GoImgApp app, string status) =>
        Eventually.GetAsync(
            async () =>
            {
                using var answer = await app.Anonymous.GetAsync("/health/ready", Ct);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                var ready = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
                return ready
                    .GetProperty("dependencies")
                    .EnumerateArray()
                    .Single(d => d.GetProperty("name").GetString() == "redis")
                    .GetProperty("status")
                    .GetString();
            },
            found => found == status
        );

    private static async Task AreSignInsLimitedAsync(GoImgApp app)
    {
        using var api = new ApiClient(app);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
            answers.Add((await api.SignInAsync($"nobody{i}")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized, $"{answer}"));
    }

    /// <summary>Pages that are asked for again and again, each by one after the other.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task[] _asking;
        private readonly int[] _answers;

        public Load((HttpClient Who, string Page)[] pages)
        {
            _answers = new int[pages.Length];
            _asking = [.. pages.Select((page, i) => AskAsync(page.Who, page.Page, i))];
        }

        public ConcurrentQueue<string> Unexpected { get; } = new();

        /// <summary>Every page was answered some times more.</summary>
        public async Task GoesOnAsync()
        {
            var before = _answers.ToArray();
            await Eventually.TrueAsync(() => Task.FromResult(_answers.Zip(before).All(pair => pair.First >= pair.Second + 5)));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_asking);
            _stop.Dispose();
        }

        private async Task AskAsync(HttpClient who, string page, int index)
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!_stop.IsCancellationRequested)
            {
                using var answer = await who.GetAsync(page, Ct);
                if (answer.StatusCode != HttpStatusCode.OK)
                    Unexpected.Enqueue($"{page}: {answer.StatusCode}");
                Interlocked.Increment(ref _answers[index]);
                await pace.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }
}
