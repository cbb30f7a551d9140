using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Albums;

public sealed class AlbumServiceTests : IAsyncLifetime
{
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private Actor _bea = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        _ana = await _gallery.MemberAsync("ana");
        _bea = await _gallery.MemberAsync("bea");
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Fact]
    public void An_album_needs_a_title_and_its_lengths_are_counted_as_people_count()
    {
        var empty = AlbumDetails.Create("  ", "", Visibility.Private, AlbumOrder.Manual);
        var family = AlbumDetails.Create(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 255)), "", Visibility.Private, AlbumOrder.Manual);
        var tooLong = AlbumDetails.Create(new string('a', 256), new string('b', 2001), Visibility.Private, AlbumOrder.Manual);

        Assert.Equal("title", Assert.Single(Assert.IsType<ValidationFailed>(empty.Error).Fields).Field);
        Assert.True(family.IsSuccess);
        Assert.Equal(["title", "description"], Assert.IsType<ValidationFailed>(tooLong.Error).Fields.Select(f => f.Field));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_and_a_stranger_finds_no_album()
    {
        var album = await CreateAsync(_ana);

        Assert.IsType<SignInRequired>((await DeleteAsync(Actor.Visitor(null), album)).Error);
        Assert.IsType<NotFound>((await DeleteAsync(_bea, album)).Error);
        Assert.NotNull(await FindAsync(_ana, album));
    }

    [Fact]
    public async Task Images_are_appended_in_the_order_given_and_once_only()
    {
        var album = await CreateAsync(_ana);
        var (one, two, three) = (await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana));

        await AddAsync(_ana, album, three, one);
        await AddAsync(_ana, album, one, two);

        Assert.Equal([three.Id, one.Id, two.Id], await ContentsAsync(_ana, album));
    }

    [Fact]
    public async Task Another_members_image_is_refused_and_nothing_is_added()
    {
        var album = await CreateAsync(_ana);
        var (mine, theirs) = (await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_bea));

        var answer = await AddAsync(_ana, album, mine, theirs);

        Assert.IsType<NotFound>(answer.Error);
        Assert.Empty(await ContentsAsync(_ana, album));
    }

    [Fact]
    public async Task More_than_a_thousand_at_once_are_refused()
    {
        var album = await CreateAsync(_ana);

        var answer = await _gallery.AskAsync<AlbumService, Result>(s =>
            s.AddImagesAsync(_ana, album, [.. Enumerable.Range(0, 1_001).Select(_ => ImageId.New())], Stop)
        );

        Assert.Equal(new AlbumErrors.TooManyAtOnce(1_001, 1_000), answer.Error);
    }

    [Fact]
    public async Task Two_windows_that_add_at_once_lose_nothing_and_give_no_place_twice()
    {
        var album = await CreateAsync(_ana);
        var images = new List<Image>();
        for (var i = 0; i < 8; i++)
            images.Add(await _gallery.ImageAsync(_ana));

        await Task.WhenAll(images.Select(image => AddAsync(_ana, album, image)));
        foreach (var image in images)
            await MoveAsync(album, image, towardsFront: true);

        Assert.Equal(8, (await ContentsAsync(_ana, album)).Distinct().Count());
    }

    [Fact]
    public async Task Moving_changes_places_with_the_neighbour_that_is_seen()
    {
        var album = await CreateAsync(_ana);
        var (one, gone, two) = (await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana));
        await AddAsync(_ana, album, one, gone, two);
        await _gallery.ChangeAsync(gone, i => i.MoveToTrash(_gallery.Clock.GetUtcNow()));

        await MoveAsync(album, two, towardsFront: true);
        var moved = await ContentsAsync(_ana, album);
        await MoveAsync(album, two, towardsFront: true);

        Assert.Equal([two.Id, one.Id], moved);
        Assert.Equal(moved, await ContentsAsync(_ana, album));
    }

    [Fact]
    public async Task An_album_by_date_keeps_that_order_when_it_is_first_arranged_by_hand()
    {
        var album = await CreateAsync(_ana, AlbumOrder.Newest);
        var (one, two, three) = (await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana));
        await AddAsync(_ana, album, one, two, three);
        Assert.Equal([three.Id, two.Id, one.Id], await ContentsAsync(_ana, album));

        await MoveAsync(album, one, towardsFront: true);

        Assert.Equal([three.Id, one.Id, two.Id], await ContentsAsync(_ana, album));
        Assert.Equal(AlbumOrder.Manual, (await FindAsync(_ana, album))!.Order);
    }

    [Fact]
    public async Task A_cover_must_be_in_the_album_and_gives_way_when_it_leaves()
    {
        var album = await CreateAsync(_ana);
        var (one, two, outside) = (await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana), await _gallery.ImageAsync(_ana));
        await AddAsync(_ana, album, one, two);

        Assert.IsType<AlbumErrors.NotInAlbum>((await CoverAsync(album, outside)).Error);
        await CoverAsync(album, two);
        Assert.Equal(two.Id, (await CardAsync(_ana, album)).Cover!.Id);
        await _gallery.AskAsync<AlbumService, Result>(s => s.RemoveImageAsync(_ana, album, two.Id, Stop));
        Assert.Equal(one.Id, (await CardAsync(_ana, album)).Cover!.Id);
    }

    [Fact]
    public async Task Deleting_an_album_keeps_its_images()
    {
        var album = await CreateAsync(_ana);
        var image = await _gallery.ImageAsync(_ana);
        await AddAsync(_ana, album, image);

        await DeleteAsync(_ana, album);

        Assert.Null(await FindAsync(_ana, album));
        Assert.NotNull(await _gallery.AskAsync<IImages, Image?>(s => s.FindAsync(image.Id, Stop)));
    }

    [Fact]
    public async Task A_stale_edit_is_a_conflict_not_an_overwrite()
    {
        var album = await CreateAsync(_ana);
        var seen = (await FindAsync(_ana, album))!.Version;
        await EditAsync(album, "First", seen);

        var second = await EditAsync(album, "Second", seen);

        Assert.IsType<StaleEdit>(second.Error);
        Assert.Equal("First", (await FindAsync(_ana, album))!.Title);
    }

    [Fact]
    public async Task Paging_through_an_album_meets_every_image_once_in_both_orders()
    {
        foreach (var order in new[] { AlbumOrder.Manual, AlbumOrder.Newest })
        {
            var album = await CreateAsync(_ana, order);
            for (var i = 0; i < 7; i++)
                await AddAsync(_ana, album, await _gallery.ImageAsync(_ana));
            var view = (await FindAsync(_ana, album))!;

            var met = new List<ImageId>();
            Cursor? after = null;
            do
            {
                var page = await _gallery.AskAsync<IAlbumQueries, Page<ImageTile>>(q => q.ImagesAsync(_ana, view, after, 3, Stop));
                met.AddRange(page.Items.Select(t => t.Id));
                after = Cursor.Parse(page.Next?.ToString());
            } while (after is not null);

            Assert.Equal(await ContentsAsync(_ana, album), met);
            Assert.Equal(7, met.Distinct().Count());
        }
    }

    private async Task<AlbumId> CreateAsync(Actor owner, AlbumOrder order = AlbumOrder.Manual) =>
        (
            await _gallery.AskAsync<AlbumService, Result<Album>>(s =>
                s.CreateAsync(owner, AlbumDetails.Create("Sea", "", Visibility.Private, order).Value, Stop)
            )
        )
            .Value()
            .Id;

    private Task<Result> AddAsync(Actor actor, AlbumId album, params Image[] images) =>
        _gallery.AskAsync<AlbumService, Result>(s => s.AddImagesAsync(actor, album, [.. images.Select(i => i.Id)], Stop));

    private Task<Result> MoveAsync(AlbumId album, Image image, bool towardsFront) =>
        _gallery.AskAsync<ArrangeAlbum, Result>(s => s.StepAsync(_ana, album, image.Id, towardsFront, Stop));

    private Task<Result> CoverAsync(AlbumId album, Image image) =>
        _gallery.AskAsync<AlbumService, Result>(s => s.ChooseCoverAsync(_ana, album, image.Id, Stop));

    private Task<Result> DeleteAsync(Actor actor, AlbumId album) => _gallery.AskAsync<AlbumService, Result>(s => s.DeleteAsync(actor, album, Stop));

    private Task<Result> EditAsync(AlbumId album, string title, int version) =>
        _gallery.AskAsync<AlbumService, Result>(s =>
            s.EditAsync(_ana, album, AlbumDetails.Create(title, "", Visibility.Private, AlbumOrder.Manual).Value, version, Stop)
        );

    private Task<AlbumView?> FindAsync(Actor actor, AlbumId album) =>
        _gallery.AskAsync<IAlbumQueries, AlbumView?>(q => q.FindAsync(actor, album, Stop));

    private async Task<AlbumCard> CardAsync(Actor actor, AlbumId album) =>
        (await _gallery.AskAsync<IAlbumQueries, Page<AlbumCard>>(q => q.ByMemberAsync(actor, _ana.MemberId!.Value, null, 50, Stop))).Items.Single(c =>
            c.Id == album
        );

    private Task<ImageId[]> ContentsAsync(Actor actor, AlbumId album) =>
        _gallery.AskAsync<IAlbumQueries, ImageId[]>(async q =>
            [.. (await q.ImagesAsync(actor, (await q.FindAsync(actor, album, Stop))!, null, 100, Stop)).Items.Select(t => t.Id)]
        );
}
