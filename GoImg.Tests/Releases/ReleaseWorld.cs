using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Export;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.SignIn;
using GoImg.Core.Social;
using GoImg.Tests.Harness;
using GoImg.Tests.Moderation;

namespace GoImg.Tests.Releases;

/// <summary>A little of everything that a gallery can hold, so that an upgrade meets every table and every state.</summary>
internal sealed class ReleaseWorld(GoImgApp app, Uri server)
{
    public static readonly string[] Members = ["ana", "ben", "cleo", "dora", "mia", "ada"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="stopServer">Ends the server that does the jobs; what comes after it waits for the next one.</param>
    public async Task FillAsync(Func<Task> stopServer)
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Members)
        {
            using var signedIn = await UploadingApi.SignInAsync(server, name);
            tokens[name] = signedIn.Token;
        }

        var (ana, ben, cleo, dora) = (await ActorAsync("ana"), await ActorAsync("ben"), await ActorAsync("cleo"), await ActorAsync("dora"));
        var ada = await PromoteAsync("ada", Role.Admin);
        var mia = await PromoteAsync("mia", Role.Moderator);
        await AskAsync((MemberService s) => s.EditProfileAsync(ana, ana.MemberId!.Value, "Ana Żółw 🐢", "Boats and birds.", Ct));

        var harbour = await ReadyAsync(ana, Samples.Jpeg(900, 600, withMetadata: true), "harbour.jpg", Visibility.Public);
        var portrait = await ReadyAsync(ana, Samples.Jpeg(400, 300, orientation: 6), "turned.jpg", Visibility.Unlisted);
        var animated = await ReadyAsync(ana, Samples.Gif(80, 60, frames: 3), "moves.gif", Visibility.Public);
        var secret = await ReadyAsync(ana, Samples.Tiff(200, 150), "secret.tiff", Visibility.Private);
        var plain = await ReadyAsync(ben, Samples.WebP(120, 90), "plain.webp", Visibility.Public);
        var trashed = await ReadyAsync(ben, Samples.Png(100, 80, withAlpha: true), "trashed.png", Visibility.Public);
        var marked = await ReadyAsync(ben, Pictures.Png(2), "marked.png", Visibility.Public);
        var held = await ReadyAsync(ben, Pictures.Png(3), "held.png", Visibility.Public);
        var removed = await ReadyAsync(cleo, Pictures.Png(4), "removed.png", Visibility.Public);
        var warned = await ReadyAsync(dora, Pictures.Png(5), "warned.png", Visibility.Public);
        var reported = await ReadyAsync(ben, Pictures.Png(6), "reported.png", Visibility.Public);
        await ReadyAsync(ben, Pictures.Undecodable(), "broken.png", Visibility.Private);
        (await AskAsync((Trash t) => t.MoveAsync(ben, trashed.Id, Ct))).Error.IsNull();

        await AlbumsAsync(ana, [harbour.Id, portrait.Id, animated.Id, secret.Id]);
        await TalkAsync(ana, ben, harbour, plain);
        await ModerateAsync(ada, mia, ana, [harbour, marked, held, removed, warned, reported], cleo, dora);
        await ModerateOthersAsync(mia, ana, ben, harbour);
        (await AskAsync((ExportAccount s) => s.RequestAsync(ana, Ct))).Value();
        await BeginUploadAsync(tokens["ana"]);

        await stopServer();
        (await app.UploadAsync(ben, Pictures.Png(7), Visibility.Public, "waiting.png")).Value();
    }

    private async Task AlbumsAsync(Actor owner, IReadOnlyList<ImageId> images)
    {
        var manual = (
            await AskAsync(
                (AlbumService s) =>
                    s.CreateAsync(owner, AlbumDetails.Create("Harbours", "In the order I like.", Visibility.Public, AlbumOrder.Manual).Value(), Ct)
            )
        ).Value();
        (await AskAsync((AlbumService s) => s.AddImagesAsync(owner, manual.Id, images, Ct))).Error.IsNull();
        (await AskAsync((ArrangeAlbum s) => s.OrderAsync(owner, manual.Id, [.. images.Reverse()], Ct))).Error.IsNull();
        (await AskAsync((AlbumService s) => s.ChooseCoverAsync(owner, manual.Id, images[0], Ct))).Error.IsNull();
        var dated = (
            await AskAsync(
                (AlbumService s) => s.CreateAsync(owner, AlbumDetails.Create("For me", "", Visibility.Private, AlbumOrder.Newest).Value(), Ct)
            )
        ).Value();
        (await AskAsync((AlbumService s) => s.AddImagesAsync(owner, dated.Id, [images[0]], Ct))).Error.IsNull();
    }

    private async Task TalkAsync(Actor ana, Actor ben, Image harbour, Image plain)
    {
        (await AskAsync((LikeService s) => s.LikeAsync(ben, harbour.Id, Ct))).Value();
        (await AskAsync((LikeService s) => s.LikeAsync(ana, plain.Id, Ct))).Value();
        (await AskAsync((CommentService s) => s.AddAsync(ana, harbour.Id, "See https://example.org/map for where.", Ct))).Value();
        var edited = (await AskAsync((CommentService s) => s.AddAsync(ben, harbour.Id, "Grat light!", Ct))).Value();
        (await AskAsync((CommentService s) => s.EditAsync(ben, edited, "Great light!", Ct))).Error.IsNull();
        var deleted = (await AskAsync((CommentService s) => s.AddAsync(ben, harbour.Id, "Never mind.", Ct))).Value();
        (await AskAsync((CommentService s) => s.DeleteAsync(ben, deleted, Ct))).Error.IsNull();
    }

    private async Task ModerateAsync(Actor admin, Actor moderator, Actor reporter, Image[] images, Actor banned, Actor suspended)
    {
        foreach (var image in images[1..])
            (
                await AskAsync(
                    (FileReport s) => s.FileAsync(reporter, ModerationSubject.Of(image.Id), ReportReason.Other, "Please look at this.", Ct)
                )
            ).Value();
        (await AskAsync((FileReport s) => s.FileAsync(suspended, ModerationSubject.Of(images[0].Id), ReportReason.Spam, null, Ct))).Value();

        var decisions = new List<Decision>();
        foreach (
            var (image, action) in images.Zip([
                DecisionAction.Dismiss,
                DecisionAction.MarkNsfw,
                DecisionAction.Hold,
                DecisionAction.Remove,
                DecisionAction.Warn,
            ])
        )
            decisions.Add(
                (
                    await AskAsync(
                        (DecideOnSubject s) =>
                            s.DecideAsync(
                                moderator,
                                new ModerationRequest(ModerationSubject.Of(image.Id), action) { Note = "Seen.", Message = "Please read the rules." },
                                Ct
                            )
                    )
                ).Value()
            );
        (await AskAsync((UndoDecision s) => s.UndoAsync(moderator, decisions[1].Id, Ct))).Error.IsNull();
        (await AskAsync((ModerateMembers s) => s.BanAsync(admin, banned.MemberId!.Value, "Twice.", "This was the second time.", Ct))).Value();
        (
            await AskAsync(
                (ModerateMembers s) =>
                    s.SuspendAsync(admin, suspended.MemberId!.Value, TimeProvider.System.GetUtcNow().AddDays(364), "", "Cool down.", Ct)
            )
        ).Value();
    }

    private async Task ModerateOthersAsync(Actor moderator, Actor reporter, Actor owner, Image image)
    {
        var comment = (await AskAsync((CommentService s) => s.AddAsync(owner, image.Id, "Cheap pills at my place.", Ct))).Value();
        var album = (
            await AskAsync(
                (AlbumService s) => s.CreateAsync(owner, AlbumDetails.Create("Pills", "", Visibility.Public, AlbumOrder.Manual).Value(), Ct)
            )
        ).Value();
        foreach (
            var (subject, action) in new (ModerationSubject, DecisionAction)[]
            {
                (ModerationSubject.Of(comment), DecisionAction.Remove),
                (ModerationSubject.Of(album.Id), DecisionAction.Hold),
                (ModerationSubject.Of(owner.MemberId!.Value), DecisionAction.Warn),
            }
        )
        {
            (await AskAsync((FileReport s) => s.FileAsync(reporter, subject, ReportReason.Spam, null, Ct))).Value();
            (await AskAsync((DecideOnSubject s) => s.DecideAsync(moderator, new ModerationRequest(subject, action), Ct))).Value();
        }
    }

    private async Task BeginUploadAsync(string token)
    {
        using var tus = new TusClient(server, token);
        var half = Pictures.Noisy(8, 60, 40);
        var begun = await tus.CreateWithAsync(half[..3000], half.Length, TusClient.Metadata(("filename", "half.png")));
        Assert.Equal(HttpStatusCode.Created, begun.Status);
    }

    private async Task<Image> ReadyAsync(Actor owner, byte[] file, string name, Visibility visibility)
    {
        var details = ImageDetails
            .Create(name.Split('.')[0], "Kept for upgrades. Grüße, 世界!", "A sample", ["sample", "größe", "日本"], visibility, ContentRating.Safe)
            .Value();
        var uploaded = (await AskAsync((UploadImage s) => s.UploadAsync(owner, file, new NewImage(details, name, UploadSource.Api)))).Value();
        return await app.WaitForImageAsync(uploaded.ImageId);
    }

    private async Task<Actor> PromoteAsync(string name, Role role)
    {
        var actor = await ActorAsync(name);
        (await AskAsync((ModerateMembers s) => s.ChangeRoleAsync(Actor.System, actor.MemberId!.Value, role, Ct))).Error.IsNull();
        return actor with { Role = role };
    }

    private async Task<Actor> ActorAsync(string name) =>
        new((await AskAsync((IMembers members) => members.FindByUsernameAsync(name, Ct)))!.Id, Role.Member, "127.0.0.1");

    private Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask)
        where TService : notnull => app.InScopeAsync(ask);
}
