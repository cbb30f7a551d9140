using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed class BulkEditTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [Fact]
    public async Task Many_images_change_their_visibility_together_and_what_is_not_ones_own_reads_as_absent()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var hers = new[] { await gallery.ImageAsync(ana), await gallery.ImageAsync(ana), await gallery.ReceivedImageAsync(ana) };
        var his = await gallery.ImageAsync(ben);

        var change = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk =>
            bulk.SetVisibilityAsync(ana, [.. hers.Select(i => i.Id), his.Id, ImageId.New()], Visibility.Unlisted, Go)
        );

        Assert.Equal((3, 0), (change.Value().Changed, change.Value().Refused.Count));
        foreach (var image in hers)
            Assert.Equal(Visibility.Unlisted, (await FindAsync(gallery, image)).Visibility);
        Assert.Equal(Visibility.Public, (await FindAsync(gallery, his)).Visibility);
    }

    [Fact]
    public async Task Tags_go_to_the_images_that_have_room_and_the_others_keep_theirs_and_say_why()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var (free, full) = (await gallery.ImageAsync(ana), await gallery.ImageAsync(ana));
        await gallery.ChangeAsync(full, image => image.AddTags([.. Enumerable.Range(1, 20).Select(n => $"tag{n}")]));

        var change = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.AddTagsAsync(ana, [free.Id, full.Id], "Sea, winter sea", Go));

        Assert.Equal(["sea", "winter"], (await FindAsync(gallery, free)).Tags);
        Assert.Equal(20, (await FindAsync(gallery, full)).Tags.Count);
        var refused = Assert.Single(change.Value().Refused);
        Assert.Equal((full.Id, "There are 22 tags; an image takes 20."), (refused.Id, refused.Why.Message));
    }

    [Fact]
    public async Task What_went_to_the_trash_together_comes_back_together_and_nothing_else()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var (one, two, other, his) = (
            await gallery.ImageAsync(ana),
            await gallery.ReceivedImageAsync(ana),
            await gallery.ImageAsync(ana),
            await gallery.ImageAsync(ben)
        );
        await TrashAsync(gallery, ana, other);
        gallery.Clock.Advance(TimeSpan.FromTicks(12_345_678));
        var moved = await TrashAsync(gallery, ana, one, two);
        await TrashAsync(gallery, ben, his);

        var undone = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.UndoTrashAsync(ana, moved.At, Go));

        Assert.Equal((2, 2), (moved.Changed, undone.Value().Changed));
        Assert.Equal(
            [ImageState.Active, ImageState.Processing, ImageState.Deleted, ImageState.Deleted],
            [
                (await FindAsync(gallery, one)).State,
                (await FindAsync(gallery, two)).State,
                (await FindAsync(gallery, other)).State,
                (await FindAsync(gallery, his)).State,
            ]
        );
    }

    [Fact]
    public async Task An_edit_of_many_is_taken_back_but_for_what_was_changed_again_since()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, ben) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("ben"));
        var (one, two, three) = (
            await gallery.ImageAsync(ana),
            await gallery.ImageAsync(ana, Visibility.Private),
            await gallery.ImageAsync(ana, Visibility.Private)
        );
        await gallery.ChangeAsync(one, image => image.AddTags(["sea"]));
        ImageId[] all = [one.Id, two.Id, three.Id];

        var shown = (await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.SetVisibilityAsync(ana, all, Visibility.Unlisted, Go))).Value();
        var tagged = (await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.AddTagsAsync(ana, all, "sea winter", Go))).Value();
        await gallery.ChangeAsync(three, image => image.Show(Visibility.Public));
        var stranger = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.UndoAsync(ben, shown.Change!.Value, Go));
        await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.UndoAsync(ana, shown.Change!.Value, Go));
        await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.UndoAsync(ana, tagged.Change!.Value, Go));
        var twice = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.UndoAsync(ana, tagged.Change!.Value, Go));

        Assert.Equal(
            [Visibility.Public, Visibility.Private, Visibility.Public],
            [(await FindAsync(gallery, one)).Visibility, (await FindAsync(gallery, two)).Visibility, (await FindAsync(gallery, three)).Visibility]
        );
        Assert.Equal(["sea"], (await FindAsync(gallery, one)).Tags);
        Assert.Empty((await FindAsync(gallery, two)).Tags);
        Assert.IsType<NotFound>(stranger.Error);
        Assert.IsType<NotFound>(twice.Error);
    }

    [Fact]
    public async Task After_a_day_an_edit_of_many_stays()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var image = await gallery.ImageAsync(ana, Visibility.Private);
        var shown = (
            await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.SetVisibilityAsync(ana, [image.Id], Visibility.Public, Go))
        ).Value();

        gallery.Clock.Advance(BulkChange.UndoableFor);
        var undone = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(b => b.UndoAsync(ana, shown.Change!.Value, Go));

        Assert.IsType<NotFound>(undone.Error);
        Assert.Equal(Visibility.Public, (await FindAsync(gallery, image)).Visibility);
    }

    [Fact]
    public async Task What_a_moderator_removed_does_not_come_back_by_its_owners_hand()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var image = await gallery.ImageAsync(ana);
        await gallery.ChangeAsync(image, i => i.Remove("It shows somebody's home.", gallery.Clock.GetUtcNow()));

        var change = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.RestoreAsync(ana, [image.Id], Go));

        Assert.IsType<ImageErrors.RemovedByModerator>(Assert.Single(change.Value().Refused).Why);
        Assert.Equal(ImageState.Deleted, (await FindAsync(gallery, image)).State);
    }

    [Fact]
    public async Task An_image_in_the_trash_is_not_edited()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var image = await gallery.ImageAsync(ana);
        await TrashAsync(gallery, ana, image);

        var change = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.SetVisibilityAsync(ana, [image.Id], Visibility.Private, Go));

        Assert.IsType<ImageErrors.InTrash>(Assert.Single(change.Value().Refused).Why);
    }

    [Fact]
    public async Task One_change_takes_a_thousand_images_at_most_and_a_member()
    {
        await using var gallery = await Gallery.OpenAsync();
        var ana = await gallery.MemberAsync("ana");
        var many = Enumerable.Range(0, 1_001).Select(_ => ImageId.New()).ToList();

        var tooMany = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.MoveToTrashAsync(ana, many, Go));
        var none = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.MoveToTrashAsync(ana, [], Go));
        var visitor = await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.MoveToTrashAsync(Actor.Visitor(null), many, Go));

        Assert.Equal("You chose 1001 images; the limit for one change is 1000.", tooMany.Error!.Message);
        Assert.IsType<ValidationFailed>(none.Error);
        Assert.IsType<SignInRequired>(visitor.Error);
    }

    [Fact]
    public async Task Open_pages_hear_of_every_image_that_changed()
    {
        await using var gallery = await Gallery.OpenAsync();
        var bus = await gallery.ListenAsync();
        var ana = await gallery.MemberAsync("ana");
        var images = new[] { await gallery.ImageAsync(ana), await gallery.ImageAsync(ana) };
        var heard = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        using var subscription = bus.Subscribe(ana.MemberId!.Value, update => heard.Add(update.Id));

        await TrashAsync(gallery, ana, images);

        await Eventually.TrueAsync(() => Task.FromResult(images.All(i => heard.Contains(i.Id.Value))));
    }

    private static async Task<BulkOutcome> TrashAsync(Gallery gallery, Actor actor, params Image[] images) =>
        (await gallery.AskAsync<BulkEdit, Result<BulkOutcome>>(bulk => bulk.MoveToTrashAsync(actor, [.. images.Select(i => i.Id)], Go))).Value();

    private static async Task<Image> FindAsync(Gallery gallery, Image image) =>
        (await gallery.AskAsync<IImages, Image?>(images => images.FindAsync(image.Id, Go)))!;
}
