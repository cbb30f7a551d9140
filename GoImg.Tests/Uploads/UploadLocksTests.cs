using GoImg.Core.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Uploads;

public sealed class UploadLocksTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newcomer_stops_the_one_before_and_gives_up_when_that_one_does_not_end_in_ten_seconds()
    {
        var (clock, upload) = (new FakeTimeProvider(), UploadId.New());
        var locks = new UploadLocks(clock);
        var stuck = (await locks.TakeAsync(upload, Ct))!;

        var newcomer = locks.TakeAsync(upload, Ct);

        Assert.True(stuck.Stopped.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(newcomer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await newcomer);
        stuck.Dispose();
        using var next = await locks.TakeAsync(upload, Ct);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_newcomer_goes_on_as_soon_as_the_one_before_ends()
    {
        var upload = UploadId.New();
        var locks = new UploadLocks(TimeProvider.System);
        var first = (await locks.TakeAsync(upload, Ct))!;

        var newcomer = locks.TakeAsync(upload, Ct);
        using var other = await locks.TakeAsync(UploadId.New(), Ct);
        Assert.False(newcomer.IsCompleted);
        first.Dispose();

        using var second = await newcomer;
        Assert.NotNull(second);
    }
}
