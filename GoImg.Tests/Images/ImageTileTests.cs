using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed class ImageTileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("Ana of the Sea")]
    public async Task An_image_is_the_same_in_a_list_on_its_own_page_and_among_many(string displayName)
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("Ana"), await gallery.MemberAsync("ben"));
        await gallery.ChangeAsync(ana, member => Assert.True(member.EditProfile(displayName, "", default).IsSuccess));
        var image = await gallery.ImageAsync(ana);
        await gallery.AskAsync<LikeService, Result<LikeState>>(likes => likes.LikeAsync(ben, image.Id, Ct));

        var list = await gallery.AskAsync<IImageQueries, Page<ImageTile>>(images => images.ExploreAsync(null, 10, Ct));
        var page = await gallery.AskAsync<IImageQueries, ImageView?>(images => images.FindAsync(ben, image.Slug, Ct));
        var many = await gallery.AskAsync<IImageQueries, IReadOnlyDictionary<ImageId, ImageView>>(images => images.FindAllAsync(ben, [image.Id], Ct));

        var tile = Assert.Single(list.Items);
        Assert.Equal(("Ana", displayName.Length > 0 ? displayName : "Ana", 1), (tile.OwnerUsername, tile.OwnerName, tile.Likes));
        Assert.Equal(JsonSerializer.Serialize(tile), JsonSerializer.Serialize(page!.Tile));
        Assert.Equal(JsonSerializer.Serialize(tile), JsonSerializer.Serialize(many[image.Id].Tile));
    }

    [Fact]
    public async Task Many_come_without_those_that_the_asker_may_not_open()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var (open, hidden) = (await gallery.ImageAsync(ana), await gallery.ImageAsync(ana, Visibility.Private));

        var found = await gallery.AskAsync<IImageQueries, IReadOnlyDictionary<ImageId, ImageView>>(images =>
            images.FindAllAsync(ben, [open.Id, hidden.Id, ImageId.New()], Ct)
        );

        Assert.Equal([open.Id], found.Keys);
    }
}
