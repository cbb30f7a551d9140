using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Accounts;

/// <summary>Members who are signed in and make access tokens, with a clock in the test's hand.</summary>
internal sealed class TokenWorld(Gallery gallery) : IAsyncDisposable
{
    public Gallery Gallery { get; } = gallery;

    public FakeTimeProvider Clock => Gallery.Clock;

    public static async Task<TokenWorld> OpenAsync() => new(await Gallery.OpenAsync());

    public async Task<TokenOwner> SignInAsync(string name, Role role = Role.Member) => await SignInAsync(await Gallery.MemberAsync(name, role));

    public Task<TokenOwner> SignInAgainAsync(TokenOwner owner) => SignInAsync(owner.Actor);

    public Task<LiveToken?> FindAsync(IssuedToken issued) =>
        Gallery.Services.GetRequiredService<PersonalAccessTokenCheck>().FindAsync(TokenSecret.Parse(issued.Secret.Text)!, CancellationToken.None);

    public Task CleanAsync() => Gallery.Services.GetServices<IHostedService>().OfType<AccountsCleaner>().Single().CleanAsync(CancellationToken.None);

    /// <summary>By action: all of a test happens within a millisecond, in which ids have no order.</summary>
    public Task<List<AuditEntry>> AuditAsync() =>
        Gallery.AskAsync((GoImgDbContext db) => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Action).ToListAsync());

    public Task<bool> SomebodyWaitsForALockAsync() =>
        Gallery.AskAsync(
            (GoImgDbContext db) =>
                db
                    .Database.SqlQuery<bool>(
                        $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\""
                    )
                    .SingleAsync()
        );

    public ValueTask DisposeAsync() => Gallery.DisposeAsync();

    private async Task<TokenOwner> SignInAsync(Actor actor)
    {
        var session = await Gallery.AskAsync(
            async (IServiceProvider scope) =>
            {
                var member = await scope.GetRequiredService<IMembers>().FindAsync(actor.MemberId!.Value, CancellationToken.None);
                var start = new SessionStart(SessionKind.Cookie, Remember: true, null);
                return await scope.GetRequiredService<SessionService>().StartAsync(actor, member!, start, CancellationToken.None);
            }
        );
        return new(this, actor, session.Value().Session.Id);
    }
}

internal sealed record TokenOwner(TokenWorld World, Actor Actor, SessionId Session)
{
    public Task<Result<IssuedToken>> CreateAsync(int days = 90) => CreateAsync(Session, days);

    public Task<Result<IssuedToken>> CreateAsync(SessionId? session, int days = 90) =>
        World.Gallery.AskAsync(
            (PersonalAccessTokenService tokens) =>
                tokens.CreateAsync(
                    Actor,
                    new TokenProof(session, null),
                    new TokenRequest("Phone", [TokenScope.Upload], World.Clock.GetUtcNow().AddDays(days)),
                    CancellationToken.None
                )
        );

    public async Task<Page<PersonalAccessToken>> ListAsync() =>
        (await World.Gallery.AskAsync((PersonalAccessTokenService tokens) => tokens.ListAsync(Actor, null, 100, CancellationToken.None))).Value();

    public Task<Result> RevokeAsync(IssuedToken issued) =>
        World.Gallery.AskAsync((PersonalAccessTokenService tokens) => tokens.RevokeAsync(Actor, issued.Token.Id, CancellationToken.None));
}
