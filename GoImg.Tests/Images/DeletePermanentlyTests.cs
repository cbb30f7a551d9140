using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Images;

public sealed class DeletePermanentlyTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [Fact]
    public async Task All_of_ones_trash_goes_permanently_and_its_room_comes_back()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var kept = await gallery.ImageAsync(ana);
        for (var i = 0; i < 105; i++)
            await DeletedAsync(gallery, ana);
        var his = await DeletedAsync(gallery, ben);

        var emptied = await gallery.AskAsync<DeletePermanently, Result<BulkOutcome>>(trash => trash.AllAsync(ana, Go));

        Assert.Equal((105, 0), (emptied.Value().Changed, emptied.Value().Refused.Count));
        Assert.Equal<HashSet<ImageId>>([kept.Id, his.Id], await IdsAsync(gallery));
        Assert.Equal(kept.SizeBytes, await gallery.AskAsync<IImages, long>(images => images.UsedBytesAsync(ana.MemberId!.Value, Go)));
    }

    [Fact]
    public async Task Only_what_is_in_the_trash_and_ones_own_is_deleted()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var (gone, alive, his) = (await DeletedAsync(gallery, ana), await gallery.ImageAsync(ana), await DeletedAsync(gallery, ben));

        var deleted = await gallery.AskAsync<DeletePermanently, Result<BulkOutcome>>(trash => trash.TheseAsync(ana, [gone.Id, alive.Id, his.Id], Go));

        Assert.Equal(1, deleted.Value().Changed);
        Assert.Equal<HashSet<ImageId>>([alive.Id, his.Id], await IdsAsync(gallery));
    }

    [Fact]
    public async Task What_a_moderator_removed_is_kept_for_an_appeal()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var removed = await gallery.ImageAsync(ana);
        await DeletedAsync(gallery, ana);
        await gallery.ChangeAsync(removed, i => i.Remove("It shows somebody's home.", gallery.Clock.GetUtcNow()));

        var emptied = await gallery.AskAsync<DeletePermanently, Result<BulkOutcome>>(trash => trash.AllAsync(ana, Go));

        Assert.Equal(1, emptied.Value().Changed);
        Assert.IsType<ImageErrors.KeptForAppeal>(Assert.Single(emptied.Value().Refused).Why);
        Assert.Equal<HashSet<ImageId>>([removed.Id], await IdsAsync(gallery));
    }

    private static async Task<Image> DeletedAsync(Gallery gallery, Actor owner)
    {
        var image = await gallery.ImageAsync(owner);
        await gallery.ChangeAsync(image, i => i.MoveToTrash(gallery.Clock.GetUtcNow()));
        return image;
    }

    private static Task<HashSet<ImageId>> IdsAsync(Gallery gallery) =>
        gallery.AskAsync<GoImgDbContext, HashSet<ImageId>>(db => db.Images.Select(i => i.Id).ToHashSetAsync(Go));
}
