using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Http;
using GoImg.Web.Images;
using GoImg.Web.Shell;

namespace GoImg.Web.Uploads.Tray;

/// <summary>The images that the tray's files became: how they come along, and the little that is done to them there.</summary>
internal static class TrayImages
{
    private const int MaxAsked = 100;

    // Whoever is signed out meanwhile must not go on hearing: the browser asks again, and is looked at again.
    private static readonly TimeSpan LongestStream = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    public static void MapTrayImages(this RouteGroupBuilder tray)
    {
        tray.MapGet("/states", Push);
        tray.MapPost("/states", AskAsync);
        var image = tray.MapGroup("/images/{id:guid}");
        image.MapPost("/title", RetitleAsync);
        image.MapPost("/retry", RetryAsync);
        image.MapPost("/restore", RestoreAsync);
    }

    /// <summary>Each of one's own images that changes, from now on.</summary>
    private static IResult Push(
        HttpContext http,
        ILiveUpdates updates,
        IServiceScopeFactory scopes,
        IImageUrls urls,
        SiteAddress site,
        TimeProvider clock,
        IHostApplicationLifetime host
    )
    {
        // A proxy that gathers answers would keep all of it to itself.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(
            StatesAsync(http.GetActor(), updates, scopes, urls, site, clock, host.ApplicationStopping, http.RequestAborted)
        );
    }

    private static async IAsyncEnumerable<SseItem<TrayImage>> StatesAsync(
        Actor actor,
        ILiveUpdates updates,
        IServiceScopeFactory scopes,
        IImageUrls urls,
        SiteAddress site,
        TimeProvider clock,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken aborted
    )
    {
        using var end = new CancellationTokenSource(LongestStream, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(end.Token, stopping, aborted);
        var changed = Channel.CreateUnbounded<ImageId>();
        using var listening = updates.Subscribe(
            actor.MemberId!.Value, // the group's filter lets members in alone
            update => changed.Writer.TryWrite(new ImageId(update.Id))
        );
        yield return new SseItem<TrayImage>(new TrayImage(default), "hello");
        while (await ReadAsync(changed.Reader, clock, any.Token) is { Count: > 0 } ids)
        {
            foreach (var state in await FindAsync(scopes, actor, ids, urls, site, aborted))
                yield return new SseItem<TrayImage>(state, "image");
        }
    }

    /// <summary>All that changed within a moment; none when the stream is to end.</summary>
    private static async Task<IReadOnlySet<ImageId>> ReadAsync(ChannelReader<ImageId> changed, TimeProvider clock, CancellationToken ended)
    {
        var ids = new HashSet<ImageId>();
        try
        {
            await changed.WaitToReadAsync(ended);
            await Task.Delay(Coalesce, clock, ended);
            while (ids.Count < MaxAsked && changed.TryRead(out var id))
                ids.Add(id);
        }
        catch (OperationCanceledException)
        {
            ids.Clear();
        }

        return ids;
    }

    private static async Task<IEnumerable<TrayImage>> FindAsync(
        IServiceScopeFactory scopes,
        Actor actor,
        IReadOnlyCollection<ImageId> ids,
        IImageUrls urls,
        SiteAddress site,
        CancellationToken cancellationToken
    )
    {
        // A context of its own for each read: the stream outlives what a request's should.
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IImageProgress>().OfAsync(actor, ids, cancellationToken);
        return found.Select(image => TrayImage.Of(image, urls, site));
    }

    private static async Task<IResult> AskAsync(TrayImagesRequest request, HttpContext http, IImageProgress images, IImageUrls urls, SiteAddress site)
    {
        if (request.Ids is not { Count: > 0 and <= MaxAsked } ids)
            return new ValidationFailed("ids", UploadTexts.IdsExpected.With(MaxAsked)).ToProblem(http);

        var found = await images.OfAsync(http.GetActor(), [.. ids.Select(id => new ImageId(id))], http.RequestAborted);
        return TypedResults.Ok(found.Select(image => TrayImage.Of(image, urls, site)).Where(image => image.Phase is not null));
    }

    private static async Task<IResult> RetitleAsync(Guid id, TrayTitle request, HttpContext http, RetitleImage images) =>
        Answer(http, await images.RunAsync(http.GetActor(), new ImageId(id), request.Title ?? "", http.RequestAborted));

    private static async Task<IResult> RetryAsync(Guid id, HttpContext http, ImageService images) =>
        Answer(http, await images.RetryAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<IResult> RestoreAsync(Guid id, HttpContext http, Trash trash) =>
        Answer(http, await trash.RestoreAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static IResult Answer(HttpContext http, Result result) => result.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
}

internal sealed record TrayImagesRequest(IReadOnlyList<Guid>? Ids);

internal sealed record TrayTitle(string? Title);

/// <summary>An image as a row of the tray shows it. Without a phase it is gone.</summary>
internal sealed record TrayImage(Guid Id)
{
    public UploadPhase? Phase { get; init; }
    public string Title { get; init; } = "";
    public string? Reason { get; init; }
    public string? Page { get; init; }
    public string? Picture { get; init; }

    /// <summary>Absolute, as the image page gives them to copy.</summary>
    public string? Link { get; init; }
    public string? PictureLink { get; init; }

    public static TrayImage Of(ImageProgress image, IImageUrls urls, SiteAddress site) =>
        new(image.Id.Value)
        {
            Phase = UploadPhases.Of(image),
            Title = image.Title,
            Reason = image.Reason,
            Page = urls.Page(image.Slug, ImageContext.Library),
            Picture = urls.Renditions(image.Slug, image.RenditionSet).Thumbnail,
            Link = site.Url + urls.Page(image.Slug),
            // Not that of today's render: it is kept elsewhere for years.
            PictureLink = site.Url + urls.Renditions(image.Slug).Medium,
        };
}
