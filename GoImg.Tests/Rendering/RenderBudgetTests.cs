using GoImg.Infrastructure.Rendering;

namespace GoImg.Tests.Rendering;

public sealed class RenderBudgetTests
{
    private readonly RenderBudget _budget = new(places: 3, memoryBytes: 100);

    [Fact]
    public async Task Places_and_memory_both_limit()
    {
        using var one = await AcquireAsync(40);
        using var two = await AcquireAsync(40);
        var three = AcquireAsync(40);
        Assert.False(three.IsCompleted);

        two.Dispose();

        using var admitted = await three;
        using var small = await AcquireAsync(1);
        Assert.False(AcquireAsync(1).IsCompleted);
    }

    [Fact]
    public async Task One_that_needs_more_than_there_is_runs_alone()
    {
        using var one = await AcquireAsync(1);
        var giant = AcquireAsync(1_000_000);
        Assert.False(giant.IsCompleted);

        one.Dispose();

        using var admitted = await giant;
        Assert.False(AcquireAsync(1).IsCompleted);
    }

    [Fact]
    public async Task A_large_one_is_not_overtaken_but_the_urgent_goes_first()
    {
        var running = await AcquireAsync(60);
        var large = AcquireAsync(90);
        var small = AcquireAsync(10);
        var urgent = _budget.AcquireAsync(10, isUrgent: true, CancellationToken.None);

        using var admitted = await urgent;
        Assert.False(large.IsCompleted || small.IsCompleted);
        running.Dispose();

        using var second = await large;
        Assert.False(small.IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_blocks_nobody()
    {
        using var running = await AcquireAsync(60);
        using var cancel = new CancellationTokenSource();
        var large = _budget.AcquireAsync(90, isUrgent: false, cancel.Token);
        var small = AcquireAsync(10);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        using var admitted = await small;
    }

    private Task<IDisposable> AcquireAsync(long bytes) => _budget.AcquireAsync(bytes, isUrgent: false, CancellationToken.None);
}
