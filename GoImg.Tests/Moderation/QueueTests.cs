using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Moderation;

public sealed class QueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_is_shown_with_what_it_takes_to_judge_it()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ben, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        var image = await world.ImageAsync(olga, "A hill");
        var comment = await world.CommentAsync(olga, image, "Mine!");
        var album = await world.AlbumAsync(olga, Visibility.Public, image);
        ModerationSubject[] subjects =
        [
            ModerationSubject.Of(image.Id),
            ModerationSubject.Of(comment.Id),
            ModerationSubject.Of(album.Id),
            ModerationSubject.Of(olga.MemberId!.Value),
        ];
        foreach (var subject in subjects)
            (await world.ReportAsync(ben, subject)).Value();

        var queue = await world.QueueAsync(mia);

        Assert.Equal(subjects, queue.Select(item => item.Subject));
        Assert.Equal("A hill", Assert.IsType<ImagePreview>(queue[0].Preview).Image.Tile.Title);
        var said = Assert.IsType<CommentPreview>(queue[1].Preview);
        Assert.Equal(("Mine!", "olga", image.Id), (said.Words, said.AuthorName, said.Image.Tile.Id));
        var collected = Assert.IsType<AlbumPreview>(queue[2].Preview);
        Assert.Equal(("Hills", 1, image.Id), (collected.Album.Title, collected.Album.Images, collected.Album.Cover!.Id));
        Assert.Equal("olga", Assert.IsType<MemberPreview>(queue[3].Preview).Username);
        foreach (var subject in subjects)
        {
            var about = (await world.AskAsync((IModerationQueries q) => q.AboutAsync(mia, subject, Token))).Value();
            Assert.Equal((subject, subject, "olga"), (about.Subject, about.Case!.Subject, about.Owner!.Username));
        }
    }

    [Fact]
    public async Task A_page_of_the_queue_or_of_decisions_costs_the_same_queries_however_much_is_on_it()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ben, mia) = (await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Moderator));
        await AddOneOfEachAsync(world, ben, mia, 0);
        var (one, oneDecided) = (await CostAsync(world, mia), await CostOfDecisionsAsync(world, mia));
        for (var i = 1; i < 3; i++)
            await AddOneOfEachAsync(world, await world.MemberAsync($"ben{i}"), mia, i);

        Assert.Equal((4, 12), (one.Cases, (await CostAsync(world, mia)).Cases));
        Assert.Equal(one.Queries, (await CostAsync(world, mia)).Queries);
        Assert.Equal(oneDecided, await CostOfDecisionsAsync(world, mia));
    }

    private static async Task AddOneOfEachAsync(ModerationWorld world, Actor reporter, Actor moderator, int number)
    {
        var owner = await world.MemberAsync($"owner{number}");
        var image = await world.ImageAsync(owner);
        foreach (
            var subject in new[]
            {
                ModerationSubject.Of(image.Id),
                ModerationSubject.Of((await world.CommentAsync(owner, image)).Id),
                ModerationSubject.Of((await world.AlbumAsync(owner, Visibility.Public, image)).Id),
                ModerationSubject.Of(owner.MemberId!.Value),
            }
        )
        {
            (await world.DecideAsync(moderator, subject, DecisionAction.Warn)).Value();
            (await world.ReportAsync(reporter, subject)).Value();
        }
    }

    private static async Task<(int Cases, int Queries)> CostAsync(ModerationWorld world, Actor actor)
    {
        var counter = world.Services.GetRequiredService<QueryCounter>();
        var before = counter.Count;
        var cases = (await world.QueueAsync(actor)).Count;
        return (cases, counter.Count - before);
    }

    private static async Task<int> CostOfDecisionsAsync(ModerationWorld world, Actor actor)
    {
        var counter = world.Services.GetRequiredService<QueryCounter>();
        var before = counter.Count;
        (await world.AskAsync((IModerationQueries q) => q.DecisionsAsync(actor, null, null, 50, Token))).Value();
        return counter.Count - before;
    }
}
