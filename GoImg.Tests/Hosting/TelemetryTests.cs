using System.Text;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_reach_a_collector_over_OTLP_and_the_last_ones_at_the_end()
    {
        var received = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost(
            "/v1/metrics",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.TrySetResult(body.ToArray());
            }
        );
        await collector.StartAsync(TestContext.Current.CancellationToken);

        var app = await GoImgApp.StartAsync(
            $"Telemetry:OtlpEndpoint={collector.Urls.Single()}/v1/metrics",
            "Telemetry:OtlpProtocol=HttpProtobuf",
            "Telemetry:ExportInterval=01:00:00"
        );
        var ana = await app.SignUpAsync("ana");
        await ana.HasImageAsync();
        await app.DisposeAsync();

        var metrics = Encoding.Latin1.GetString(await received.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Contains("goimg.jobs.ended", metrics, StringComparison.Ordinal);
        Assert.Contains("image.prepare", metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
    }
}
