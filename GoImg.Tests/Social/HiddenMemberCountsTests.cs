using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Social;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Social;

public sealed class HiddenMemberCountsTests : IAsyncLifetime
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
        foreach (var member in new[] { _bea, _cem })
        {
            await _gallery.AskAsync<LikeService, Result<LikeState>>(s => s.LikeAsync(member, _image.Id, Stop));
            await CommentAsync(member);
        }
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Fact]
    public async Task Likes_and_comments_of_a_suspended_member_are_not_counted_and_are_again_afterwards()
    {
        await SuspendAsync();
        Assert.Equal((1, 1), await CountsAsync());

        await ReinstateAsync();
        Assert.Equal((2, 2), await CountsAsync());
    }

    [Fact]
    public async Task A_comment_of_a_hidden_member_that_somebody_deletes_or_restores_changes_no_count()
    {
        var theirs = await CommentAsync(_bea);
        await SuspendAsync();

        await _gallery.AskAsync<CommentService, Result>(s => s.DeleteAsync(_ana, theirs, Stop));
        Assert.Equal((1, 1), await CountsAsync());
        await _gallery.AskAsync<CommentService, Result>(s => s.RestoreAsync(_ana, theirs, Stop));
        Assert.Equal((1, 1), await CountsAsync());

        await ReinstateAsync();
        Assert.Equal((2, 3), await CountsAsync());
    }

    [Fact]
    public async Task A_member_who_liked_more_than_a_batch_is_counted_out_of_all()
    {
        await _gallery.AskAsync<GoImgDbContext, int>(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO images SELECT (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'slug', lpad(n::text, 16, '0'), 'sha256', '\x' || lpad(to_hex(n), 8, '0')))).*
                FROM images i, generate_series(1, 450) n
                """,
                Stop
            )
        );
        await _gallery.AskAsync<GoImgDbContext, int>(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO image_counters (image_id, likes, comments, views) SELECT id, 1, 0, 0 FROM images WHERE id <> {_image.Id.Value};
                INSERT INTO likes (image_id, member_id, created_at) SELECT id, {_bea.MemberId!.Value.Value}, now() FROM images WHERE id <> {_image.Id.Value}
                """,
                Stop
            )
        );

        await SuspendAsync();

        Assert.Equal(
            1,
            await _gallery.AskAsync<GoImgDbContext, int>(db =>
                db.Database.SqlQuery<int>($"SELECT sum(likes)::int AS \"Value\" FROM image_counters").SingleAsync(Stop)
            )
        );
    }

    private async Task<CommentId> CommentAsync(Actor member) =>
        (await _gallery.AskAsync<CommentService, Result<CommentId>>(s => s.AddAsync(member, _image.Id, "Hello", Stop))).Value();

    private Task SuspendAsync() => ChangeAsync(member => member.Suspend(_gallery.Clock.GetUtcNow().AddDays(1)));

    private Task ReinstateAsync() => ChangeAsync(member => member.Reinstate());

    /// <summary>As a service commits it, so that what follows from it follows; then the jobs it left, one after the other.</summary>
    private async Task ChangeAsync(Action<Member> change)
    {
        await _gallery.AskAsync<IServiceProvider, Result>(async services =>
        {
            change((await services.GetRequiredService<IMembers>().FindAsync(_bea.MemberId!.Value, Stop))!);
            return await services.GetRequiredService<IUnitOfWork>().CommitAsync(Stop);
        });
        while (await TakeJobAsync() is { } job)
            await _gallery.AskAsync<IJobHandler<RecountMemberJob>, JobOutcome>(handler => handler.HandleAsync(job, new JobAttempt(1, 1), Stop));
    }

    private async Task<RecountMemberJob?> TakeJobAsync()
    {
        var payloads = await _gallery.AskAsync<GoImgDbContext, List<string>>(db =>
            db.Database.SqlQuery<string>($"DELETE FROM jobs WHERE kind = 'social.recount' RETURNING payload::text").ToListAsync(Stop)
        );
        return payloads.Count == 0
            ? null
            : System.Text.Json.JsonSerializer.Deserialize<RecountMemberJob>(Assert.Single(payloads), GoImg.Infrastructure.Jobs.JobJson.Options);
    }

    private async Task<(int Likes, int Comments)> CountsAsync()
    {
        var view = (await _gallery.AskAsync<IImageQueries, ImageView?>(q => q.FindAsync(_ana, _image.Id, Stop)))!;
        return (view.Tile.Likes, view.Comments);
    }
}
