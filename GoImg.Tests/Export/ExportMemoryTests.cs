using System.Security.Cryptography;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Export;

[Collection<Alone>]
public sealed class ExportMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_zip_is_streamed_at_constant_memory()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        for (var i = 0; i < 4; i++)
            await ExportTests.StoreAsync(app, ana, RandomNumberGenerator.GetBytes(32 << 20));
        var address = await ExportTests.RequestAsync(ana);

        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var answer = await ana.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        var (buffer, total, peak) = (new byte[64 << 10], 0L, 0L);
        int read;
        while ((read = await body.ReadAsync(buffer, Token)) > 0)
        {
            total += read;
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
        }

        Assert.InRange(total, 128L << 20, 129L << 20);
        Assert.InRange(peak, long.MinValue, 48L << 20);
    }
}
