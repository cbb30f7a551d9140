using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Albums;

public sealed class AlbumAccessTests : IAsyncLifetime
{
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private Actor _moderator = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Actor Visitor => Actor.Visitor(null);

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        _ana = await _gallery.MemberAsync("ana");
        _moderator = await _gallery.MemberAsync("mia", Role.Moderator);
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Theory]
    [InlineData(Visibility.Private, false, false)]
    [InlineData(Visibility.Unlisted, true, false)]
    [InlineData(Visibility.Public, true, true)]
    public async Task A_visitor_opens_what_is_not_private_and_finds_what_is_public(Visibility visibility, bool opens, bool finds)
    {
        var album = await CreateAsync(visibility);

        Assert.Equal(opens, await FindAsync(Visitor, album) is not null);
        Assert.Equal(finds, (await ListAsync(Visitor)).Any());
        Assert.NotNull(await FindAsync(_ana, album));
        Assert.NotNull(await FindAsync(_moderator, album));
    }

    [Theory]
    [InlineData(Visibility.Public, "Public")]
    [InlineData(Visibility.Unlisted, "Public,Unlisted")]
    public async Task An_album_never_widens_what_an_image_allows(Visibility visibility, string seen)
    {
        var album = await CreateAsync(visibility, Visibility.Private, Visibility.Unlisted, Visibility.Public);

        var view = (await FindAsync(Visitor, album))!;
        var images = await _gallery.AskAsync<IAlbumQueries, Page<ImageTile>>(q => q.ImagesAsync(Visitor, view, null, 10, Stop));

        Assert.Equal(seen, string.Join(",", images.Items.Select(i => i.Visibility.ToString()).Order()));
        Assert.Equal(images.Items.Count, view.Images);
    }

    [Fact]
    public async Task A_cover_that_others_may_not_see_is_not_their_cover()
    {
        var album = await CreateAsync(Visibility.Public, Visibility.Private, Visibility.Public);
        var secret = (await ContentsAsync(_ana, album)).Single(i => i.Visibility == Visibility.Private);
        await _gallery.AskAsync<AlbumService, Result>(s => s.ChooseCoverAsync(_ana, album, secret.Id, Stop));

        Assert.Equal(secret.Id, Assert.Single(await ListAsync(_ana)).Cover!.Id);
        Assert.Equal(Visibility.Public, Assert.Single(await ListAsync(Visitor)).Cover!.Visibility);
    }

    [Fact]
    public async Task A_suspended_members_albums_are_gone_for_others()
    {
        var album = await CreateAsync(Visibility.Public, Visibility.Public);

        await _gallery.ChangeAsync(_ana, member => member.Suspend(_gallery.Clock.GetUtcNow().AddDays(1)));

        Assert.Null(await FindAsync(Visitor, album));
        Assert.Empty(await ListAsync(Visitor));
    }

    [Fact]
    public async Task Neighbours_pass_over_what_the_asker_may_not_see()
    {
        var album = await CreateAsync(Visibility.Public, Visibility.Public, Visibility.Private, Visibility.Public);
        var all = await ContentsAsync(_ana, album);
        var slug = (await FindAsync(_ana, album))!.Slug;

        var mine = await NeighboursAsync(_ana, slug, all[0].Slug);
        var theirs = await NeighboursAsync(Visitor, slug, all[0].Slug);

        Assert.Equal(new ImageNeighbours(null, all[1].Slug), mine);
        Assert.Equal(new ImageNeighbours(null, all[2].Slug), theirs);
        Assert.Equal(new ImageNeighbours(null, null), await NeighboursAsync(Visitor, slug, all[1].Slug));
    }

    [Fact]
    public async Task An_images_page_names_listed_albums_and_ones_own()
    {
        await CreateAsync(Visibility.Public);
        var hidden = await CreateAsync(Visibility.Private, Visibility.Public);
        var image = (await ContentsAsync(_ana, hidden))[0];

        Assert.Single(await ContainingAsync(_ana, image.Id));
        Assert.Empty(await ContainingAsync(Visitor, image.Id));
    }

    private async Task<AlbumId> CreateAsync(Visibility visibility, params Visibility[] images)
    {
        var album = (
            await _gallery.AskAsync<AlbumService, Result<Album>>(s =>
                s.CreateAsync(_ana, AlbumDetails.Create("Sea", "", visibility, AlbumOrder.Manual).Value, Stop)
            )
        ).Value();
        foreach (var one in images)
        {
            var image = await _gallery.ImageAsync(_ana, one);
            await _gallery.AskAsync<AlbumService, Result>(s => s.AddImagesAsync(_ana, album.Id, [image.Id], Stop));
        }

        return album.Id;
    }

    private Task<AlbumView?> FindAsync(Actor actor, AlbumId album) =>
        _gallery.AskAsync<IAlbumQueries, AlbumView?>(q => q.FindAsync(actor, album, Stop));

    private Task<ImageNeighbours> NeighboursAsync(Actor actor, string album, string image) =>
        _gallery.AskAsync<IImageNeighbours, ImageNeighbours>(q => q.FindAsync(actor, image, ImageContext.Parse("a:" + album), Stop));

    private Task<IReadOnlyList<AlbumName>> ContainingAsync(Actor actor, ImageId image) =>
        _gallery.AskAsync<IAlbumQueries, IReadOnlyList<AlbumName>>(q => q.ContainingAsync(actor, image, Stop));

    private async Task<IReadOnlyList<AlbumCard>> ListAsync(Actor actor) =>
        (await _gallery.AskAsync<IAlbumQueries, Page<AlbumCard>>(q => q.ByMemberAsync(actor, _ana.MemberId!.Value, null, 50, Stop))).Items;

    private Task<IReadOnlyList<ImageTile>> ContentsAsync(Actor actor, AlbumId album) =>
        _gallery.AskAsync<IAlbumQueries, IReadOnlyList<ImageTile>>(async q =>
            (await q.ImagesAsync(actor, (await q.FindAsync(actor, album, Stop))!, null, 100, Stop)).Items
        );
}
