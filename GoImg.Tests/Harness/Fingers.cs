using Microsoft.Playwright;

namespace GoImg.Tests.Harness;

/// <summary>Fingers on a window with touch, as the system would report them: the browser decides itself what becomes of them.</summary>
public sealed class Fingers(ICDPSession devices)
{
    private const int Steps = 6;

    public static async Task<Fingers> OnAsync(BrowserPage window) => new(await window.Page.Context.NewCDPSessionAsync(window.Page));

    public async Task TapAsync(double x, double y)
    {
        await SendAsync("touchStart", (x, y));
        await SendAsync("touchEnd");
    }

    /// <summary>A tenth of a second apart by the events' own time, however long it takes to send them.</summary>
    public async Task DoubleTapAsync(double x, double y)
    {
        var start = TimeProvider.System.GetUtcNow();
        foreach (var second in (double[])[0, 0.1])
        {
            await SendAsync("touchStart", [(x, y)], start.AddSeconds(second));
            await SendAsync("touchEnd", [], start.AddSeconds(second + 0.02));
        }
    }

    public Task DragAsync((double X, double Y) from, (double X, double Y) to) => MoveAsync([from], [to]);

    /// <summary>Two fingers, each as far from the place.</summary>
    public Task PinchAsync((double X, double Y) at, double from, double to) =>
        MoveAsync([(at.X - from, at.Y), (at.X + from, at.Y)], [(at.X - to, at.Y), (at.X + to, at.Y)]);

    private async Task MoveAsync((double X, double Y)[] from, (double X, double Y)[] to)
    {
        await SendAsync("touchStart", from);
        for (var step = 1; step <= Steps; step++)
        {
            var part = step / (double)Steps;
            await SendAsync("touchMove", [.. from.Zip(to, (a, b) => (a.X + (b.X - a.X) * part, a.Y + (b.Y - a.Y) * part))]);
        }

        await SendAsync("touchEnd");
    }

    private Task SendAsync(string type, params (double X, double Y)[] points) => SendAsync(type, points, TimeProvider.System.GetUtcNow());

    private Task SendAsync(string type, (double X, double Y)[] points, DateTimeOffset at) =>
        devices.SendAsync(
            "Input.dispatchTouchEvent",
            new()
            {
                ["type"] = type,
                ["timestamp"] = at.ToUnixTimeMilliseconds() / 1000d,
                ["touchPoints"] = points
                    .Select(
                        (point, id) =>
                            new Dictionary<string, object>
                            {
                                ["x"] = point.X,
                                ["y"] = point.Y,
                                ["id"] = id,
                            }
                    )
                    .ToArray(),
            }
        );
}
