using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using GoImg.Web.Library;

namespace GoImg.Tests.Library;

public sealed class LibraryFilterTests
{
    [Fact]
    public async Task The_library_lists_ones_own_images_of_every_state_and_narrows_by_visibility_and_state()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        await gallery.ImageAsync(ben);
        var open = await gallery.ImageAsync(ana);
        var own = await gallery.ImageAsync(ana, Visibility.Private);
        var coming = await gallery.ReceivedImageAsync(ana);
        var failed = await gallery.ReceivedImageAsync(ana);
        await gallery.ChangeAsync(failed, i => i.Fail(new ImageFileErrors.NotDecodable()));
        var held = await gallery.ImageAsync(ana);
        await gallery.ChangeAsync(held, i => i.Flag("Somebody reported it."));
        var deleted = await gallery.ImageAsync(ana);
        await gallery.ChangeAsync(deleted, i => i.MoveToTrash(gallery.Clock.GetUtcNow()));

        Assert.Equal([held.Id, failed.Id, coming.Id, own.Id, open.Id], await ListAsync(LibraryFilter.All));
        Assert.Equal([held.Id, open.Id], await ListAsync(new(Visibility.Public)));
        Assert.Equal([coming.Id], await ListAsync(new(Shelf: LibraryShelf.Processing)));
        Assert.Equal([failed.Id], await ListAsync(new(Shelf: LibraryShelf.Failed)));
        Assert.Equal([held.Id], await ListAsync(new(Shelf: LibraryShelf.Held)));
        Assert.Equal([own.Id], await ListAsync(new(Visibility.Private, LibraryShelf.Ready)));

        async Task<IEnumerable<ImageId>> ListAsync(LibraryFilter filter) =>
            (
                await gallery.AskAsync<IImageQueries, Page<ImageTile>>(images => images.LibraryAsync(ana, filter, null, 50, CancellationToken.None))
            ).Items.Select(i => i.Id);
    }

    [Fact]
    public void A_filter_survives_its_address_and_unknown_words_do_not_narrow()
    {
        foreach (var (_, filter) in LibraryFilterUrl.Offered)
        {
            var query = System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + LibraryFilterUrl.Url(filter)).Query);
            Assert.Equal(filter, LibraryFilterUrl.Parse(query["visibility"], query["state"]));
        }

        Assert.Equal(LibraryFilter.All, LibraryFilterUrl.Parse("secret", "2"));
    }
}
