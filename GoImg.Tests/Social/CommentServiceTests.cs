using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Tests.Social;

public sealed class CommentServiceTests : IAsyncLifetime
{
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private Actor _bea = null!;
    private Actor _cem = null!;
    private Image _image = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        (_ana, _bea, _cem) = (await _gallery.MemberAsync("ana"), await _gallery.MemberAsync("bea"), await _gallery.MemberAsync("cem"));
        _image = await _gallery.ImageAsync(_ana);
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Theory]
    [InlineData("", false)]
    [InlineData(" \n ", false)]
    [InlineData("x", true)]
    public async Task A_comment_says_something(string text, bool taken) => Assert.Equal(taken, (await AddAsync(_bea, text)).IsSuccess);

    [Fact]
    public async Task A_comment_has_at_most_a_thousand_characters_as_people_count_them()
    {
        Assert.True((await AddAsync(_bea, string.Concat(Enumerable.Repeat("👍🏽", 1000)))).IsSuccess);
        var tooLong = await AddAsync(_bea, new string('a', 1001));

        Assert.Contains("1001", Assert.Single(Assert.IsType<ValidationFailed>(tooLong.Error).Fields).Message);
    }

    [Fact]
    public async Task Newest_first_in_pages_that_meet_each_once()
    {
        for (var i = 0; i < 5; i++)
        {
            _gallery.Clock.Advance(TimeSpan.FromSeconds(i % 2));
            await AddAsync(_bea, "Comment " + i);
        }

        var first = await PageAsync(Actor.Visitor(null), null, 3);
        var second = await PageAsync(Actor.Visitor(null), first.Next, 3);

        Assert.Equal("Comment 4", first.Items[0].Words);
        Assert.Equal(5, first.Items.Concat(second.Items).Select(c => c.Id).Distinct().Count());
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Only_its_author_changes_it_and_only_for_five_minutes()
    {
        var id = (await AddAsync(_bea, "Nice")).Value();
        Assert.IsType<NotAllowed>((await EditAsync(_ana, id, "Bad")).Error);

        _gallery.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True((await EditAsync(_bea, id, "Nicer")).IsSuccess);
        _gallery.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<CommentErrors.NoLongerEditable>((await EditAsync(_bea, id, "Nicest")).Error);

        var comment = Assert.Single((await PageAsync(_bea, null, 10)).Items);
        Assert.Equal("Nicer", comment.Words);
        Assert.NotNull(comment.EditedAt);
        Assert.False(comment.CanEdit);
    }

    [Fact]
    public async Task Its_author_the_images_owner_and_staff_delete_it_and_no_one_else()
    {
        var staff = await _gallery.MemberAsync("mia", Role.Moderator);
        foreach (var (actor, may) in new[] { (_bea, true), (_ana, true), (staff, true), (_cem, false) })
        {
            var id = (await AddAsync(_bea, "Hello")).Value();

            Assert.Equal(may, (await DeleteAsync(actor, id)).IsSuccess);
        }

        Assert.Single((await PageAsync(_ana, null, 10)).Items);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Who_deleted_it_can_bring_it_back_and_the_count_stays_exact()
    {
        var id = (await AddAsync(_bea, "Hello")).Value();
        await DeleteAsync(_ana, id);
        await DeleteAsync(_ana, id);
        Assert.Equal(0, await CountAsync());

        Assert.IsType<NotFound>((await RestoreAsync(_bea, id)).Error);
        Assert.True((await RestoreAsync(_ana, id)).IsSuccess);
        Assert.True((await RestoreAsync(_ana, id)).IsSuccess);

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_its_author_deleted_no_moderator_brings_back()
    {
        var staff = await _gallery.MemberAsync("mia", Role.Moderator);
        var id = (await AddAsync(_bea, "Hello")).Value();
        await DeleteAsync(_bea, id);

        Assert.IsType<NotFound>((await RestoreAsync(staff, id)).Error);

        Assert.Empty((await PageAsync(_ana, null, 10)).Items);
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task What_a_moderator_removed_another_brings_back_but_neither_its_author_nor_the_images_owner()
    {
        var (mia, max) = (await _gallery.MemberAsync("mia", Role.Moderator), await _gallery.MemberAsync("max", Role.Moderator));
        var id = (await AddAsync(_bea, "Hello")).Value();
        await DeleteAsync(mia, id);

        foreach (var actor in new[] { _bea, _ana, _cem })
            Assert.IsType<NotFound>((await RestoreAsync(actor, id)).Error);
        _gallery.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await RestoreAsync(max, id)).IsSuccess);

        Assert.Equal(1, await CountAsync());
        Assert.Equal([(AuditAction.CommentRemoved, mia.MemberId), (AuditAction.CommentRestored, max.MemberId)], await AuditAsync());
    }

    [Fact]
    public async Task A_moderator_brings_back_what_they_removed_but_not_their_own_comment_that_another_removed()
    {
        var (mia, max) = (await _gallery.MemberAsync("mia", Role.Moderator), await _gallery.MemberAsync("max", Role.Moderator));
        var (others, own) = ((await AddAsync(_bea, "Hello")).Value(), (await AddAsync(mia, "Mine")).Value());
        await DeleteAsync(mia, others);
        await DeleteAsync(max, own);

        Assert.True((await RestoreAsync(mia, others)).IsSuccess);
        Assert.IsType<NotFound>((await RestoreAsync(mia, own)).Error);
    }

    [Fact]
    public async Task Under_a_hidden_image_there_is_nothing_to_read_or_say()
    {
        var id = (await AddAsync(_bea, "Hello")).Value();

        await _gallery.ChangeAsync(_image, image => image.Flag("Under review."));

        Assert.IsType<NotFound>((await AddAsync(_bea, "Again")).Error);
        Assert.IsType<NotFound>((await DeleteAsync(_bea, id)).Error);
        Assert.Empty((await PageAsync(_bea, null, 10)).Items);
    }

    [Fact]
    public async Task A_suspended_members_words_are_not_shown()
    {
        await AddAsync(_bea, "Hello");

        await _gallery.ChangeAsync(_bea, member => member.Suspend(_gallery.Clock.GetUtcNow().AddDays(1)));

        Assert.Empty((await PageAsync(_ana, null, 10)).Items);
    }

    private Task<Result<CommentId>> AddAsync(Actor actor, string text) =>
        _gallery.AskAsync<CommentService, Result<CommentId>>(s => s.AddAsync(actor, _image.Id, text, Stop));

    private Task<Result> EditAsync(Actor actor, CommentId id, string text) =>
        _gallery.AskAsync<CommentService, Result>(s => s.EditAsync(actor, id, text, Stop));

    private Task<Result> DeleteAsync(Actor actor, CommentId id) => _gallery.AskAsync<CommentService, Result>(s => s.DeleteAsync(actor, id, Stop));

    private Task<Result> RestoreAsync(Actor actor, CommentId id) => _gallery.AskAsync<CommentService, Result>(s => s.RestoreAsync(actor, id, Stop));

    private Task<Page<CommentView>> PageAsync(Actor actor, Cursor? after, int take) =>
        _gallery.AskAsync<ICommentQueries, Page<CommentView>>(q => q.ByImageAsync(actor, _image.Id, after, take, Stop));

    private async Task<int> CountAsync() => (await _gallery.AskAsync<IImageQueries, ImageView?>(q => q.FindAsync(_ana, _image.Id, Stop)))!.Comments;

    private Task<List<(string Action, MemberId? By)>> AuditAsync() =>
        _gallery.AskAsync<GoImgDbContext, List<(string, MemberId?)>>(async db =>
            (await db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync(Stop)).ConvertAll(e => (e.Action, e.ActorId))
        );
}
