using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Core.RateLimits;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Accounts;
using GoImg.Infrastructure.Albums;
using GoImg.Infrastructure.Audit;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Images;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Moderation;
using GoImg.Infrastructure.Notifications;
using GoImg.Infrastructure.RateLimits;
using GoImg.Infrastructure.Search;
using GoImg.Infrastructure.Social;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GoImg.Tests.Harness;

/// <summary>Core's services on a real database, without the web: members and ready images in one line each. Every ask runs in a scope of its own, as a request does.</summary>
public sealed class Gallery : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _images;

    private Gallery(ServiceProvider services, FakeTimeProvider clock, string connectionString)
    {
        _services = services;
        Clock = clock;
        ConnectionString = connectionString;
    }

    public FakeTimeProvider Clock { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => _services;

    /// <param name="limits">On what members do; none by default.</param>
    public static async Task<Gallery> OpenAsync(IRateLimitSettings? limits = null)
    {
        var connectionString = await PostgresFixture.NewDatabaseAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging();
        services.AddCaching();
        services.AddDatabase(_ => connectionString);
        services.AddSingleton<QueryCounter>();
        services.ConfigureDbContext<GoImgDbContext>((provider, context) => context.AddInterceptors(provider.GetRequiredService<QueryCounter>()));
        services.AddLiveUpdates();
        services.AddAccounts(blocklistPath: null);
        services.AddAudit();
        services.AddImages();
        services.AddAlbums();
        services.AddSearch();
        services.AddSocial();
        services.AddModeration();
        services.AddNotifications();
        services.AddRateLimits();
        services.AddSingleton(limits ?? new NoLimits());
        services.AddSingleton<RateLimiter>();
        return new Gallery(services.BuildServiceProvider(validateScopes: true), clock, connectionString);
    }

    public async Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <param name="address">Where the member comes from; null for nowhere.</param>
    public async Task<Actor> MemberAsync(string name, Role role = Role.Member, string? address = null)
    {
        var member = Member.Register(Username.Parse(name).Value, EmailAddress.Parse(name + "@example.org").Value, role, Clock.GetUtcNow());
        await SaveAsync(db => db.Members.Add(member));
        return new Actor(member.Id, role, address);
    }

    public IServiceScopeFactory Scopes => _services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>Starts to listen for changes that other connections announce; the bus is deaf until then.</summary>
    public async Task<ILiveUpdates> ListenAsync()
    {
        await _services.GetRequiredService<PostgresSignals>().StartAsync(CancellationToken.None);
        await _services.GetRequiredService<PostgresSignals>().WaitUntilConnectedAsync(CancellationToken.None);
        return _services.GetRequiredService<ILiveUpdates>();
    }

    /// <summary>A rendered image, a second younger than the one before.</summary>
    /// <param name="details">Null for a number as its title and nothing else.</param>
    /// <param name="then">What happened to it before it was saved.</param>
    public Task<Image> ImageAsync(Actor owner, Visibility visibility = Visibility.Public, ImageDetails? details = null, Action<Image>? then = null) =>
        AddAsync(
            owner,
            visibility,
            details,
            image =>
            {
                Finish(image);
                then?.Invoke(image);
            }
        );

    /// <summary>An image that has just come in.</summary>
    public Task<Image> ReceivedImageAsync(Actor owner, Visibility visibility = Visibility.Private) =>
        AddAsync(owner, visibility, details: null, _ => { });

    /// <summary>Makes a received image ready, as the worker would.</summary>
    public static void Finish(Image image) =>
        image.Publish(
            new RenderedImage(new NothingToDispose())
            {
                WidthPx = 300,
                HeightPx = 200,
                DominantColor = "#336699",
                Placeholder = [1],
                PerceptualHash = 0,
                Files = [],
            },
            StoredRenditions.None,
            scanned: true
        );

    private async Task<Image> AddAsync(Actor owner, Visibility visibility, ImageDetails? details, Action<Image> prepare)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var number = ++_images;
        details ??= ImageDetails.Create("Image " + number, "", "", [], visibility, ContentRating.Safe).Value;
        var file = new ReceivedFile("a.jpg", 1000, BitConverter.GetBytes((long)number), new ImageHeader(ImageFormat.Jpeg, 300, 200, 1, 1, false));
        var image = Image.Receive(ImageId.New(), owner.MemberId!.Value, details, file, Clock.GetUtcNow());
        prepare(image);
        return await AskAsync<IServiceProvider, Image>(async services =>
        {
            await services.GetRequiredService<IImages>().TryAddAsync(image, long.MaxValue, null, CancellationToken.None);
            await services.GetRequiredService<IUnitOfWork>().CommitAsync(CancellationToken.None);
            return image;
        });
    }

    public Task ChangeAsync(Image image, Action<Image> change) => SaveAsync(db => change(db.Images.Single(i => i.Id == image.Id)));

    public Task ChangeAsync(Actor member, Action<Member> change) => SaveAsync(db => change(db.Members.Single(m => m.Id == member.MemberId)));

    /// <summary>What the jobs of search do after changes, for all images.</summary>
    public Task<bool> IndexAsync() =>
        AskAsync<IServiceProvider, bool>(async services =>
        {
            var images = await services.GetRequiredService<GoImgDbContext>().Images.Select(i => i.Id).ToListAsync();
            await services.GetRequiredService<SearchIndex>().UpdateAsync(images, CancellationToken.None);
            return (await services.GetRequiredService<IUnitOfWork>().CommitAsync(CancellationToken.None)).IsSuccess;
        });

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task<int> SaveAsync(Action<GoImgDbContext> change) =>
        AskAsync<GoImgDbContext, int>(db =>
        {
            change(db);
            return db.SaveChangesAsync();
        });

    private sealed class NothingToDispose : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class NoLimits : IRateLimitSettings
    {
        public TimeSpan NewMemberFor => TimeSpan.Zero;

        public RateLimit Of(RateLimitedAction use) => new(0, TimeSpan.FromMinutes(1));
    }
}
