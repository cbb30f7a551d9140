using GoImg.Core.RateLimits;
using GoImg.Infrastructure.RateLimits;

namespace GoImg.Tests.RateLimits;

public sealed class InProcessRateLimitStoreTests : RateLimitStoreContract
{
    private readonly InProcessRateLimitStore _store;

    public InProcessRateLimitStoreTests() => _store = new(Clock);

    protected override IRateLimitStore Store => _store;

    [Fact]
    public async Task Addresses_without_number_do_not_take_memory_without_end()
    {
        for (var i = 0; i < 250_000; i++)
            await TakeAsync($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}");

        Assert.InRange(_store.Counted, 1, InProcessRateLimitStore.Capacity);
    }
}
