using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Accounts;

public sealed class SessionSignalsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The clock stands still, so nothing that is remembered grows old.</summary>
    [Fact]
    public async Task What_another_node_did_to_a_session_is_known_here_as_soon_as_it_is_told()
    {
        await using var gallery = await Gallery.OpenAsync();
        var signals = await gallery.ListenAsync();
        await Eventually.TrueAsync(() => Task.FromResult(gallery.Services.GetRequiredService<IChangeSignals>().AreHeard));
        var ana = (await gallery.MemberAsync("ana")).MemberId!.Value;
        var member = (await gallery.AskAsync((IMembers members) => members.FindAsync(ana, Ct)))!;
        var session = Session.Start(member, new SignInDevice(null, null), SessionKind.Cookie, remember: true, gallery.Clock.GetUtcNow());
        await gallery.AskAsync(
            (GoImgDbContext db) =>
            {
                db.Add(session);
                return db.SaveChangesAsync(Ct);
            }
        );
        Assert.True(await IsLiveAsync());

        await gallery.AskAsync(
            (GoImgDbContext db) => db.Database.ExecuteSqlAsync($"UPDATE sessions SET revoked_at = now() WHERE id = {session.Id.Value}", Ct)
        );
        Assert.True(await IsLiveAsync());
        await signals.PublishAsync(new LiveUpdate(ana, "member", ana.Value), Ct);

        await Eventually.TrueAsync(async () => !await IsLiveAsync());

        async Task<bool> IsLiveAsync() => await gallery.AskAsync((SessionCheck check) => check.FindAsync(session.Id, Ct)) is not null;
    }
}
