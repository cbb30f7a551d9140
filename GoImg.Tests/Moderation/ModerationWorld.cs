using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Jobs;
using GoImg.Tests.Harness;
using GoImg.Web.RateLimits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Moderation;

/// <summary>A gallery with what moderators do in one line each. Members come from one address, limits are as they are by default, and no job runs by itself.</summary>
internal sealed class ModerationWorld : IAsyncDisposable
{
    private readonly Gallery _gallery;

    private ModerationWorld(Gallery gallery) => _gallery = gallery;

    public IServiceProvider Services => _gallery.Services;

    public FakeTimeProvider Clock => _gallery.Clock;

    public string ConnectionString => _gallery.ConnectionString;

    public static async Task<ModerationWorld> CreateAsync()
    {
        var world = new ModerationWorld(await Gallery.OpenAsync(new RateLimitOptions()));
        // rows get an order
        world.Clock.AutoAdvanceAmount = TimeSpan.FromMicroseconds(1);
        return world;
    }

    public Task<Actor> MemberAsync(string name, Role role = Role.Member) => _gallery.MemberAsync(name, role, "192.0.2.7");

    /// <summary>A public image that is ready, unless told otherwise.</summary>
    public Task<Image> ImageAsync(Actor owner, string title = "A hill", Visibility visibility = Visibility.Public, Action<Image>? then = null) =>
        _gallery.ImageAsync(
            owner,
            visibility,
            ImageDetails.Create(title, "Grass and wind.", "A green hill", ["hill", "green"], visibility, ContentRating.Safe).Value(),
            then
        );

    public Task IndexAsync() => _gallery.IndexAsync();

    public async Task<Comment> CommentAsync(Actor author, Image image, string words = "Nice hill.")
    {
        var id = (
            await AskAsync((CommentService service) => service.AddAsync(author, image.Id, words, TestContext.Current.CancellationToken))
        ).Value();
        return await CommentAsync(id);
    }

    public Task<Comment> CommentAsync(CommentId id) => ReadAsync(db => db.Set<Comment>().AsNoTracking().SingleAsync(c => c.Id == id));

    public async Task<Album> AlbumAsync(Actor owner, Visibility visibility = Visibility.Public, params Image[] images)
    {
        var details = AlbumDetails.Create("Hills", "All of them.", visibility, AlbumOrder.Manual).Value();
        var album = (await AskAsync((AlbumService service) => service.CreateAsync(owner, details, TestContext.Current.CancellationToken))).Value();
        if (images.Length > 0)
            (
                await AskAsync(
                    (AlbumService service) =>
                        service.AddImagesAsync(owner, album.Id, [.. images.Select(i => i.Id)], TestContext.Current.CancellationToken)
                )
            ).Error.IsNull();
        return await AlbumAsync(album.Id);
    }

    public Task<Album> AlbumAsync(AlbumId id) => ReadAsync(db => db.Set<Album>().AsNoTracking().SingleAsync(a => a.Id == id));

    /// <summary>A subject of that kind that others can see.</summary>
    public async Task<ModerationSubject> SubjectAsync(ModerationSubjectKind kind, Actor owner) =>
        kind switch
        {
            ModerationSubjectKind.Image => ModerationSubject.Of((await ImageAsync(owner)).Id),
            ModerationSubjectKind.Comment => ModerationSubject.Of(
                (await CommentAsync(owner, await ImageAsync(await MemberAsync("host")), "Buy my pills")).Id
            ),
            ModerationSubjectKind.Album => ModerationSubject.Of((await AlbumAsync(owner)).Id),
            _ => ModerationSubject.Of(owner.MemberId!.Value),
        };

    public Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask)
        where TService : notnull => InScopeAsync(services => ask(services.GetRequiredService<TService>()));

    public Task<Result<Report>> ReportAsync(Actor actor, Image image, ReportReason reason = ReportReason.Spam, string? words = null) =>
        ReportAsync(actor, ModerationSubject.Of(image.Id), reason, words);

    public Task<Result<Report>> ReportAsync(Actor actor, ModerationSubject subject, ReportReason reason = ReportReason.Spam, string? words = null) =>
        AskAsync((FileReport service) => service.FileAsync(actor, subject, reason, words, TestContext.Current.CancellationToken));

    public Task<Result<Decision>> DecideAsync(Actor actor, Image image, DecisionAction action, CaseId? caseId = null, string? message = null) =>
        DecideAsync(actor, ModerationSubject.Of(image.Id), action, caseId, message);

    public Task<Result<Decision>> DecideAsync(
        Actor actor,
        ModerationSubject subject,
        DecisionAction action,
        CaseId? caseId = null,
        string? message = null
    ) =>
        AskAsync(
            (DecideOnSubject service) =>
                service.DecideAsync(
                    actor,
                    new ModerationRequest(subject, action)
                    {
                        Case = caseId,
                        Message = message,
                        Note = "seen it",
                        Until = Clock.GetUtcNow().AddDays(3),
                    },
                    TestContext.Current.CancellationToken
                )
        );

    public Task<Result> UndoAsync(Actor actor, Decision decision) =>
        AskAsync((UndoDecision service) => service.UndoAsync(actor, decision.Id, TestContext.Current.CancellationToken));

    public async Task<Session> SignInAsync(Actor actor)
    {
        var session = Session.Start(await ReloadAsync(actor), new SignInDevice(null, null), SessionKind.Cookie, remember: true, Clock.GetUtcNow());
        await SaveAsync(db => db.Add(session));
        return session;
    }

    /// <summary>Whether the session may still act; asks as every request does, cache included.</summary>
    public async Task<bool> IsLiveAsync(Session session) =>
        await AskAsync((SessionCheck check) => check.FindAsync(session.Id, TestContext.Current.CancellationToken)) is not null;

    /// <summary>Ends of suspensions that wait in the queue: for whom, and how long from now by the database's clock.</summary>
    public Task<List<TimeSpan>> LiftsAsync() =>
        ReadAsync(db =>
            db.Set<JobRow>().AsNoTracking().Where(j => j.Kind == LiftSuspensionJob.Kind).Select(j => j.RunAt - j.CreatedAt).ToListAsync()
        );

    public Task<Image> ReloadAsync(Image image) => ReadAsync(db => db.Images.AsNoTracking().Include(i => i.Owner).SingleAsync(i => i.Id == image.Id));

    public Task<Member> ReloadAsync(Actor actor) => ReadAsync(db => db.Members.AsNoTracking().SingleAsync(m => m.Id == actor.MemberId));

    public Task<List<AuditEntry>> AuditAsync() =>
        ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync());

    /// <summary>What the member was notified of, once the jobs that notify have run.</summary>
    public async Task<IReadOnlyList<string>> NotificationsAsync(Actor actor)
    {
        await DeliverEventsAsync();
        var rows = await AskAsync((INotificationQueries queries) => queries.LatestAsync(actor, 50, TestContext.Current.CancellationToken));
        return [.. rows.Select(row => row.Sentence)];
    }

    public Task DeliverEventsAsync() => EventJobs.DeliverAsync(Services);

    public async Task<IReadOnlyList<QueueItem>> QueueAsync(Actor actor) =>
        (await AskAsync((IModerationQueries queries) => queries.QueueAsync(actor, 1, 50, TestContext.Current.CancellationToken))).Value().Items;

    public Task<T> ReadAsync<T>(Func<GoImgDbContext, Task<T>> read) => InScopeAsync(services => read(services.GetRequiredService<GoImgDbContext>()));

    public Task SaveAsync(Action<GoImgDbContext> change) =>
        ReadAsync(db =>
        {
            change(db);
            return db.SaveChangesAsync();
        });

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }
}
