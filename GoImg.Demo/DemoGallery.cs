using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Core.Social;
using GoImg.Demo.Pictures;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Demo;

/// <summary>Fills an empty gallery with people and pictures, every step through the services that people use. Started again it goes on where it was.</summary>
internal sealed class DemoGallery(IServiceScopeFactory scopes)
{
    private static readonly (int WidthPx, int HeightPx)[] Sizes =
    [
        (1350, 900),
        (1080, 1350),
        (1200, 1200),
        (2400, 900),
        (1440, 960),
        (900, 1350),
        (1280, 800),
        (960, 720),
        (1600, 1000),
        (600, 900),
        (1800, 760),
        (1000, 1250),
    ];

    /// <summary>Whether there is nothing in it that a person brought.</summary>
    public Task<bool> IsFreeAsync(CancellationToken cancellationToken)
    {
        var ours = DemoPerson.All.Select(p => p.Username).ToList();
        return AskAsync(async (GoImgDbContext db) => !await db.Images.AnyAsync(i => !ours.Contains(i.Owner.UsernameKey), cancellationToken));
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) => AskAsync((GoImgDbContext db) => db.Images.CountAsync(cancellationToken));

    /// <summary>The people, in their order; those who are there already keep their password.</summary>
    public async Task<IReadOnlyList<Actor>> MoveInAsync(string password, CancellationToken cancellationToken)
    {
        var people = new List<Actor>();
        foreach (var person in DemoPerson.All)
            people.Add(await FindAsync(person, cancellationToken) ?? await RegisterAsync(person, password, cancellationToken));
        return people;
    }

    /// <summary>Paints picture <paramref name="number"/> and uploads it. The same number is the same picture, so a repeat changes nothing.</summary>
    public async Task UploadAsync(IReadOnlyList<Actor> people, int number, CancellationToken cancellationToken)
    {
        var dice = new Dice(Hash.Mix((ulong)number + 20260));
        var scene = Scene.All[number % Scene.All.Count];
        // Neighbours differ in colour as well as in kind.
        var palette = Palette.All[((number * 5) + (number / Scene.All.Count * 3)) % Palette.All.Count];
        var (width, height) = dice.Pick(Sizes);
        var canvas = new Canvas(width, height);
        scene.Paint(canvas, dice, palette);
        canvas.Finish(vignette: 0.25f, grain: 0.02f, number);

        var title = scene.Titles[number / Scene.All.Count % scene.Titles.Length];
        var details = ImageDetails
            .Create(
                title,
                dice.Chance(0.35f) ? $"Painted by a program {palette.Words}; no camera was harmed." : "",
                $"{scene.Alt}, {palette.Words}.",
                [.. scene.Tags, palette.Words.Split(' ')[^1]],
                Visibility.Public,
                ContentRating.Safe
            )
            .Value;
        var owner = people[dice.Below(people.Count)];
        using var file = new MemoryStream(JpegWriter.Write(canvas, qualityPercent: 88));
        var name = string.Create(CultureInfo.InvariantCulture, $"demo-{number:000}.jpg");
        var image = new NewImage(details, name, UploadSource.Server) { Admission = UploadAdmission.OfServer };
        var uploaded = await AskAsync((UploadImage service) => UploadAsync(service, owner, file, image, cancellationToken));
        if (uploaded.Error is { } refused)
            throw new InvalidOperationException($"The demonstration can't go on: {refused.Message}");
    }

    private static async Task<Result<UploadOutcome>> UploadAsync(
        UploadImage service,
        Actor owner,
        Stream file,
        NewImage image,
        CancellationToken cancellationToken
    )
    {
        var staging = await service.StageAsync(file, cancellationToken);
        if (staging.Error is { } unstored)
            return unstored;
        await using var staged = staging.Value;
        return await service.AcceptAsync(owner, staged, image, cancellationToken);
    }

    public Task<int> CountWaitingAsync(CancellationToken cancellationToken) =>
        AskAsync((GoImgDbContext db) => db.Images.CountAsync(i => i.State == ImageState.Processing, cancellationToken));

    /// <summary>Albums, likes, comments and a few reports, once there are pictures to be seen.</summary>
    public async Task LiveAsync(IReadOnlyList<Actor> people, CancellationToken cancellationToken)
    {
        if (await AskAsync((GoImgDbContext db) => db.Set<Album>().AnyAsync(cancellationToken)))
            return;

        var images = await AskAsync(
            (GoImgDbContext db) =>
                db
                    .Images.AsNoTracking()
                    .Where(i => i.State == ImageState.Active)
                    .OrderBy(i => i.CreatedAt)
                    .ThenBy(i => i.Id)
                    .Select(i => new Shown(i.Id, i.Slug, i.OwnerId))
                    .ToListAsync(cancellationToken)
        );
        var dice = new Dice(7);
        await CollectAsync(people, images, dice, cancellationToken);
        foreach (var image in images)
            await ReactAsync(people, image, dice, cancellationToken);
        await ComplainAsync(people, images, cancellationToken);
    }

    private async Task CollectAsync(IReadOnlyList<Actor> people, List<Shown> images, Dice dice, CancellationToken cancellationToken)
    {
        for (var i = 0; i < DemoPerson.Albums.Length; i++)
        {
            var (owner, (title, description)) = (people[i % people.Count], DemoPerson.Albums[i]);
            var own = images.Where(image => owner.Is(image.OwnerId) && dice.Chance(0.55f)).Select(image => image.Id).Take(24).ToList();
            if (own.Count == 0)
                continue;
            var album = await AskAsync(
                (AlbumService albums) =>
                    albums.CreateAsync(owner, AlbumDetails.Create(title, description, Visibility.Public, AlbumOrder.Manual).Value, cancellationToken)
            );
            await AskAsync((AlbumService albums) => albums.AddImagesAsync(owner, album.Value.Id, own, cancellationToken));
        }
    }

    private async Task ReactAsync(IReadOnlyList<Actor> people, Shown image, Dice dice, CancellationToken cancellationToken)
    {
        var appeal = dice.Next() * dice.Next();
        foreach (var person in people.Where(p => !p.Is(image.OwnerId)))
        {
            if (dice.Chance(appeal * 1.4f))
                await AskAsync((LikeService likes) => likes.LikeAsync(person, image.Id, cancellationToken));
            if (dice.Chance(appeal * 0.22f))
                await AskAsync((CommentService comments) => comments.AddAsync(person, image.Id, dice.Pick(DemoPerson.Comments), cancellationToken));
        }
    }

    private async Task ComplainAsync(IReadOnlyList<Actor> people, List<Shown> images, CancellationToken cancellationToken)
    {
        (int Image, int Reporter, ReportReason Reason, string? Words)[] complaints =
        [
            (3, 1, ReportReason.Copyright, "This looks very much like my poster from the spring fair."),
            (3, 4, ReportReason.Copyright, null),
            (3, 6, ReportReason.Other, "Seen on another site under another name."),
            (11, 3, ReportReason.Spam, null),
            (20, 5, ReportReason.Inappropriate, "Too many spheres."),
            (20, 7, ReportReason.Spam, null),
            (33, 0, ReportReason.Other, "Wrong mountain. That is not the north face."),
        ];
        foreach (var (number, reporter, reason, words) in complaints.Where(c => c.Image < images.Count))
        {
            var who = people[reporter].Is(images[number].OwnerId) ? people[(reporter + 1) % people.Count] : people[reporter];
            await AskAsync((FileReport reports) => reports.FileAsync(who, ModerationSubject.Of(images[number].Id), reason, words, cancellationToken));
        }
    }

    private async Task<Actor?> FindAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        var member = await AskAsync((IMembers members) => members.FindByUsernameAsync(person.Username, cancellationToken));
        return member is null ? null : Acting(member.Id);
    }

    private async Task<Actor> RegisterAsync(DemoPerson person, string password, CancellationToken cancellationToken)
    {
        var form = new Registration(person.Username, $"{person.Username}@example.org", password);
        var member = (await AskAsync((AccountService accounts) => accounts.RegisterAsync(Actor.System, form, cancellationToken))).Value;
        var role = person.Username == DemoPerson.Moderator ? Role.Moderator : Role.Member;
        await AskAsync((ModerateMembers staff) => staff.ChangeRoleAsync(Actor.System, member.Id, role, cancellationToken));
        var actor = Acting(member.Id);
        await AskAsync((MemberService members) => members.EditProfileAsync(actor, member.Id, person.Name, person.Bio, cancellationToken));
        return actor;
    }

    // The system in a member's place: limits on use are for people.
    private static Actor Acting(MemberId member) => Actor.System with { MemberId = member };

    private async Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask)
        where TService : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private sealed record Shown(ImageId Id, string Slug, MemberId OwnerId);
}
