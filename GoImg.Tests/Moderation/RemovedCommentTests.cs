using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Moderation;

/// <summary>A comment that its author deleted before a moderator removed it.</summary>
public sealed class RemovedCommentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_its_author_deleted_no_moderator_shows_again_by_restoring_and_its_author_may()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"));
        var (mia, max) = (await world.MemberAsync("mia", Role.Moderator), await world.MemberAsync("max", Role.Moderator));
        var image = await world.ImageAsync(olga);
        var comment = await world.CommentAsync(ben, image);
        (await DoAsync(s => s.DeleteAsync(ben, comment.Id, Token))).Error.IsNull();
        (await world.DecideAsync(mia, ModerationSubject.Of(comment.Id), DecisionAction.Remove)).Value();

        (await DoAsync(s => s.RestoreAsync(max, comment.Id, Token))).Error.IsNull();

        var restored = await world.CommentAsync(comment.Id);
        Assert.Equal((false, ben.MemberId), (restored.IsRemoved, restored.DeletedById));
        Assert.NotNull(restored.DeletedAt);
        Assert.IsType<NotFound>((await DoAsync(s => s.RestoreAsync(max, comment.Id, Token))).Error);
        Assert.Equal(0, await CountAsync());

        (await DoAsync(s => s.RestoreAsync(ben, comment.Id, Token))).Error.IsNull();
        Assert.Null((await world.CommentAsync(comment.Id)).DeletedAt);
        Assert.Equal(1, await CountAsync());

        async Task<int> CountAsync() => (await world.AskAsync((IImageQueries q) => q.FindAsync(olga, image.Slug, Token)))!.Comments;
        Task<Result> DoAsync(Func<CommentService, Task<Result>> act) => world.AskAsync(act);
    }

    [Fact]
    public async Task A_moderator_never_restores_their_own_comment_and_each_restore_of_another_s_is_an_entry()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var max = await world.MemberAsync("max", Role.Moderator);
        var comment = await world.CommentAsync(mia, await world.ImageAsync(olga));
        (await world.DecideAsync(max, ModerationSubject.Of(comment.Id), DecisionAction.Remove)).Value();

        Assert.IsType<NotFound>((await world.AskAsync((CommentService s) => s.RestoreAsync(mia, comment.Id, Token))).Error);
        (await world.AskAsync((CommentService s) => s.RestoreAsync(max, comment.Id, Token))).Error.IsNull();

        var entry = Assert.Single(await world.AuditAsync(), e => e.Action == Core.Audit.AuditAction.CommentRestored);
        Assert.Equal((max.MemberId, "removed", "shown"), (entry.ActorId, entry.Before, entry.After));
    }
}
