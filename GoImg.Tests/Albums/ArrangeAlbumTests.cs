using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Albums;

public sealed class ArrangeAlbumTests : IAsyncLifetime
{
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private AlbumId _album;
    private readonly List<Image> _images = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        _ana = await _gallery.MemberAsync("ana");
        foreach (var title in new[] { "delta", "Alpha", "charlie", "Bravo", "echo" })
            _images.Add(
                await _gallery.ImageAsync(_ana, details: ImageDetails.Create(title, "", "", [], Visibility.Public, ContentRating.Safe).Value())
            );
        var details = AlbumDetails.Create("Sea", "", Visibility.Public, AlbumOrder.Manual).Value();
        _album = (await _gallery.AskAsync<AlbumService, Result<Album>>(s => s.CreateAsync(_ana, details, [.. _images.Select(i => i.Id)], Stop)))
            .Value()
            .Id;
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Fact]
    public async Task An_image_goes_before_or_behind_any_other_and_to_either_end_in_one_step()
    {
        await PlaceAsync(4, AlbumPlace.Before(_images[1].Id));
        Assert.Equal([0, 4, 1, 2, 3], await OrderAsync());
        await PlaceAsync(0, AlbumPlace.Behind(_images[2].Id));
        Assert.Equal([4, 1, 2, 0, 3], await OrderAsync());
        await PlaceAsync(3, AlbumPlace.Front);
        Assert.Equal([3, 4, 1, 2, 0], await OrderAsync());
        await PlaceAsync(4, AlbumPlace.End);
        Assert.Equal([3, 1, 2, 0, 4], await OrderAsync());
    }

    [Fact]
    public async Task What_is_not_in_the_album_is_neither_placed_nor_a_place()
    {
        var outside = await _gallery.ImageAsync(_ana);

        var placed = await ArrangeAsync(s => s.PlaceAsync(_ana, _album, outside.Id, AlbumPlace.Front, Stop));
        var beside = await ArrangeAsync(s => s.PlaceAsync(_ana, _album, _images[0].Id, AlbumPlace.Behind(outside.Id), Stop));

        Assert.IsType<AlbumErrors.NotInAlbum>(placed.Error);
        Assert.IsType<AlbumErrors.NotInAlbum>(beside.Error);
        Assert.Equal([0, 1, 2, 3, 4], await OrderAsync());
    }

    [Theory]
    [InlineData(AlbumSort.Title, new[] { 1, 3, 2, 0, 4 })]
    [InlineData(AlbumSort.Newest, new[] { 4, 3, 2, 1, 0 })]
    [InlineData(AlbumSort.Oldest, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(AlbumSort.Reversed, new[] { 2, 4, 3, 1, 0 })]
    public async Task The_whole_album_is_sorted_at_once(AlbumSort sort, int[] expected)
    {
        await PlaceAsync(2, AlbumPlace.End);

        await ArrangeAsync(s => s.SortAsync(_ana, _album, sort, Stop));

        Assert.Equal(expected, await OrderAsync());
    }

    [Fact]
    public async Task A_deleted_album_is_gone_for_everyone_until_its_owner_takes_it_back()
    {
        var ben = await _gallery.MemberAsync("ben");
        await _gallery.AskAsync<AlbumService, Result>(s => s.DeleteAsync(_ana, _album, Stop));

        Assert.Null(await FindAsync(_ana));
        Assert.Equal(
            "Sea",
            Assert.Single(await _gallery.AskAsync<IAlbumQueries, IReadOnlyList<TrashedAlbum>>(q => q.TrashAsync(_ana, 10, Stop))).Title
        );
        Assert.Empty(await _gallery.AskAsync<IAlbumQueries, IReadOnlyList<TrashedAlbum>>(q => q.TrashAsync(ben, 10, Stop)));
        Assert.IsType<NotFound>((await _gallery.AskAsync<AlbumService, Result>(s => s.RestoreAsync(ben, _album, Stop))).Error);
        Assert.True((await _gallery.AskAsync<AlbumService, Result>(s => s.RestoreAsync(_ana, _album, Stop))).IsSuccess);
        Assert.Equal([0, 1, 2, 3, 4], await OrderAsync());
    }

    [Fact]
    public async Task A_deleted_album_is_kept_for_thirty_days_and_then_purged()
    {
        await _gallery.AskAsync<AlbumService, Result>(s => s.DeleteAsync(_ana, _album, Stop));

        Assert.Equal(0, await PurgeAsync(_gallery.Clock.GetUtcNow() - Trash.Retention));
        _gallery.Clock.Advance(Trash.Retention + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await PurgeAsync(_gallery.Clock.GetUtcNow() - Trash.Retention));

        Assert.Empty(await _gallery.AskAsync<IAlbumQueries, IReadOnlyList<TrashedAlbum>>(q => q.TrashAsync(_ana, 10, Stop)));
        Assert.NotNull(await _gallery.AskAsync<IImages, Image?>(s => s.FindAsync(_images[0].Id, Stop)));
    }

    [Fact]
    public async Task The_owner_learns_how_many_images_the_link_does_not_show()
    {
        await _gallery.ChangeAsync(_images[0], i => i.Show(Visibility.Private));
        await _gallery.ChangeAsync(_images[1], i => i.Show(Visibility.Unlisted));

        var asPublic = (await FindAsync(_ana))!;
        var details = AlbumDetails.Create("Sea", "", Visibility.Unlisted, AlbumOrder.Manual).Value();
        await _gallery.AskAsync<AlbumService, Result>(s => s.EditAsync(_ana, _album, details, null, Stop));
        var byLink = (await FindAsync(_ana))!;
        var withheld = await _gallery.AskAsync<IAlbumQueries, IReadOnlyList<ImageId>>(q => q.WithheldAsync(byLink, 10, Stop));
        var stranger = (await FindAsync(Actor.Visitor(null)))!;

        Assert.Equal((2, 1, 0), (asPublic.Withheld, byLink.Withheld, stranger.Withheld));
        Assert.Equal([_images[0].Id], withheld);
        Assert.Equal(4, stranger.Images);
    }

    [Fact]
    public async Task An_album_of_images_that_are_not_ones_own_is_not_made()
    {
        var ben = await _gallery.MemberAsync("ben");
        var details = AlbumDetails.Create("Mine", "", Visibility.Private, AlbumOrder.Manual).Value();

        var made = await _gallery.AskAsync<AlbumService, Result<Album>>(s => s.CreateAsync(ben, details, [_images[0].Id], Stop));

        Assert.IsType<NotFound>(made.Error);
        Assert.Empty((await _gallery.AskAsync<IAlbumQueries, Page<AlbumCard>>(q => q.ByMemberAsync(ben, ben.MemberId!.Value, null, 10, Stop))).Items);
        Assert.Empty(await _gallery.AskAsync<IAlbumQueries, IReadOnlyList<TrashedAlbum>>(q => q.TrashAsync(ben, 10, Stop)));
    }

    private Task<Result> PlaceAsync(int image, AlbumPlace place) => ArrangeAsync(s => s.PlaceAsync(_ana, _album, _images[image].Id, place, Stop));

    private Task<Result> ArrangeAsync(Func<ArrangeAlbum, Task<Result>> act) => _gallery.AskAsync(act);

    private Task<AlbumView?> FindAsync(Actor actor) => _gallery.AskAsync<IAlbumQueries, AlbumView?>(q => q.FindAsync(actor, _album, Stop));

    private Task<int> PurgeAsync(DateTimeOffset before) =>
        _gallery.AskAsync<IServiceProvider, int>(async services =>
        {
            var removed = await services.GetRequiredService<IAlbums>().RemoveExpiredAsync(before, 10, Stop);
            await services.GetRequiredService<IUnitOfWork>().CommitAsync(Stop);
            return removed;
        });

    private async Task<IReadOnlyList<int>> OrderAsync()
    {
        var view = (await FindAsync(_ana))!;
        var page = await _gallery.AskAsync<IAlbumQueries, Page<ImageTile>>(q => q.ImagesAsync(_ana, view, null, 100, Stop));
        return [.. page.Items.Select(tile => _images.FindIndex(image => image.Id == tile.Id))];
    }
}
