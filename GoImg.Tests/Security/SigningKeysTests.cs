using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Security;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Security;

public sealed class SigningKeysTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly EphemeralDataProtectionProvider _protection = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_signs_for_ninety_days_and_checks_for_a_day_more()
    {
        await using var services = await ServicesAsync();
        using var keys = Node(services);
        var first = await keys.NewestAsync(Ct);
        _clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(first.KeyId, (await keys.NewestAsync(Ct)).KeyId);

        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        var second = await keys.NewestAsync(Ct);

        Assert.NotEqual(first.KeyId, second.KeyId);
        Assert.NotNull(keys.Find(first.KeyId));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(keys.Find(first.KeyId));
    }

    [Fact]
    public async Task Nothing_is_signed_with_a_new_key_that_another_node_would_not_find()
    {
        await using var services = await ServicesAsync();
        using var node = Node(services);
        using var other = Node(services);
        var old = await node.NewestAsync(Ct);
        _clock.Advance(TimeSpan.FromDays(90));

        for (var second = 0; second < 60; second++)
        {
            var signing = await node.NewestAsync(Ct);
            // asks for what no one has, so that it may not ask again for a while
            await other.LoadAsync("unknown", Ct);
            await other.LoadAsync(signing.KeyId, Ct);
            Assert.NotNull(other.Find(signing.KeyId));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotEqual(old.KeyId, (await node.NewestAsync(Ct)).KeyId);
    }

    private SigningKeys Node(ServiceProvider services) =>
        new(services.GetRequiredService<IServiceScopeFactory>(), _protection, _clock, GoImgApp.CopyOfTestKey);

    private async Task<ServiceProvider> ServicesAsync()
    {
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        return new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddLogging().AddDatabase(_ => connectionString).BuildServiceProvider();
    }
}
