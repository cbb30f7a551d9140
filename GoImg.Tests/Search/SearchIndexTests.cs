using System.Globalization;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Search;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Search;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Search;

public sealed class SearchIndexTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ones_own_private_images_are_found_by_oneself_alone()
    {
        await using var world = await SearchWorld.OpenAsync();
        var (mara, ben, mia) = (await world.MemberAsync("mara"), await world.MemberAsync("ben"), await world.MemberAsync("mia", Role.Admin));
        await world.ImageAsync(mara, "My kodak", visibility: Visibility.Private);
        await world.ImageAsync(mara, "Kodak by link", visibility: Visibility.Unlisted);
        await world.ImageAsync(mara, "Broken kodak", then: image => image.Fail(new NotFound("image")));
        await world.IndexAsync();

        Assert.Equal(["Kodak by link", "My kodak"], await world.TitlesAsync("kodak", mara));
        Assert.Equal(["Broken kodak", "Kodak by link", "My kodak"], await world.TitlesAsync("kodak sort:newest", mara, SearchScope.Own));
        foreach (var other in new[] { ben, mia, SearchWorld.Visitor })
            Assert.Empty(await world.TitlesAsync("kodak", other));
        Assert.Empty(await world.TitlesAsync("by:mara", ben));
        Assert.Empty(await world.ListAsync("SELECT word FROM search_words"));
    }

    [Fact]
    public async Task What_is_hidden_is_found_no_more_at_once_and_its_words_are_forgotten_by_the_job()
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        var (hill, tree) = (await world.ImageAsync(mara, "Quagga", tags: "zebra"), await world.ImageAsync(mara, "Gnu", tags: "zebra gnus"));
        await world.IndexAsync();
        Assert.Equal(["gnu", "gnus", "mara", "quagga", "zebra"], await world.ListAsync("SELECT word FROM search_words ORDER BY word"));
        Assert.Equal([new TagCount("zebra", 2), new TagCount("gnus", 1)], await PopularAsync(world));

        await world.Gallery.ChangeAsync(hill, image => image.Show(Visibility.Private));
        Assert.Empty(await world.TitlesAsync("quagga"));
        await world.RunAsync(new IndexImageJob(hill.Id));
        Assert.Null((await world.FindAsync("quaga")).Corrected);
        Assert.Equal([new TagCount("gnus", 1), new TagCount("zebra", 1)], await PopularAsync(world));

        await world.Gallery.ChangeAsync(mara, member => member.Ban());
        Assert.Empty(await world.TitlesAsync("gnu"));
        await world.RunAsync(new IndexMemberJob(mara.MemberId!.Value));
        Assert.Empty(await world.ListAsync("SELECT word FROM search_words"));
        Assert.Empty(await PopularAsync(world));

        await world.Gallery.ChangeAsync(mara, member => member.Reinstate());
        await world.RunAsync(new IndexMemberJob(mara.MemberId!.Value));
        Assert.Equal(["Gnu"], await world.TitlesAsync("gnu"));
        await world.SqlAsync($"DELETE FROM images WHERE id = '{tree.Id}'");
        await world.RunAsync(new IndexImageJob(tree.Id));
        Assert.Empty(await world.ListAsync("SELECT word FROM search_words"));
        Assert.Single(await world.ListAsync("SELECT image_id FROM image_search"));
    }

    [Fact]
    public async Task The_same_image_again_counts_its_words_once()
    {
        await using var world = await SearchWorld.OpenAsync();
        var image = await world.ImageAsync(await world.MemberAsync("mara"), "Gnu", tags: "gnus");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.RunAsync(new IndexImageJob(image.Id))));

        Assert.Equal(["1"], await world.ListAsync("SELECT DISTINCT images FROM search_words"));
        Assert.Equal(["1"], await world.ListAsync("SELECT images FROM tag_counts"));
        Assert.Equal(["1"], await world.ListAsync("SELECT images FROM search_blocks"));
    }

    [Fact]
    public async Task A_members_new_name_finds_their_images_after_the_job_and_the_old_one_none()
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        await world.ImageAsync(mara, "Gnu");
        await world.IndexAsync();

        await world.Gallery.ChangeAsync(mara, member => member.EditProfile("Ida Haddad", "", default));
        Assert.Empty(await world.TitlesAsync("haddad"));
        await world.RunAsync(new IndexMemberJob(mara.MemberId!.Value));
        Assert.Equal(["Gnu"], await world.TitlesAsync("haddad"));
        await world.Gallery.ChangeAsync(mara, member => member.EditProfile("", "", default));
        await world.RunAsync(new IndexMemberJob(mara.MemberId!.Value));

        Assert.Empty(await world.TitlesAsync("haddad"));
    }

    [Fact]
    public async Task Changes_and_renames_have_their_job_in_the_same_commit()
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        var image = await world.ImageAsync(mara, "Gnu");
        await world.SqlAsync("DELETE FROM jobs");

        await world.Gallery.AskAsync((MemberService members) => members.EditProfileAsync(mara, mara.MemberId!.Value, "Mara L", "", Ct));
        await world.Gallery.AskAsync((BulkEdit edit) => edit.SetVisibilityAsync(mara, [image.Id], Visibility.Private, Ct));

        Assert.Equal(["search.image", "search.member"], await world.ListAsync("SELECT kind FROM jobs WHERE kind LIKE 'search.%' ORDER BY kind"));
    }

    [Fact]
    public async Task Images_from_before_are_filled_in_batch_by_batch_and_those_of_an_older_revision_anew()
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        await world.ImageAsync(mara, "Gnu one");
        await world.ImageAsync(mara, "Gnu two");

        Assert.IsType<JobOutcome.Done>(await world.RunAsync(new FillSearchIndexJob()));
        Assert.Equal(["Gnu two", "Gnu one"], await world.TitlesAsync("gnu sort:newest"));
        await world.SqlAsync("UPDATE image_search SET revision = 0, document = ''");
        Assert.Empty(await world.TitlesAsync("gnu"));
        await world.RunAsync(new FillSearchIndexJob());

        Assert.Equal(2, (await world.TitlesAsync("gnu")).Length);
    }

    [Theory]
    [InlineData("gnu sort:newest", 0)]
    [InlineData("gnu sort:newest", 3)]
    [InlineData("gnu", 0)]
    [InlineData("gnu", 3)]
    [InlineData("\"gnu gnu\"", 3)]
    public async Task Pages_hold_each_match_once_whatever_is_uploaded_meanwhile(string typed, int blockSeconds)
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        var start = world.Gallery.Clock.GetUtcNow();
        // Ten blocks of three images: more than are asked one by one.
        for (var n = 1; n <= 9 && blockSeconds > 0; n++)
            await world.SqlAsync(
                $"INSERT INTO search_blocks VALUES ({n + 1}, '{start.AddSeconds(n * blockSeconds).AddMilliseconds(500).ToString("O", CultureInfo.InvariantCulture)}', 0)"
            );
        for (var i = 1; i <= 30; i++)
            await world.ImageAsync(mara, $"Gnu gnu {i}", i % 4 == 0 ? "gnu" : "", visibility: i % 7 == 0 ? Visibility.Private : Visibility.Public);
        await world.IndexAsync();
        var expected = Enumerable.Range(1, 30).Where(i => i % 7 != 0).Select(i => $"Gnu gnu {i}").ToList();

        var read = await world.AllPagesAsync(
            typed,
            take: 4,
            async count =>
            {
                var image = await world.ImageAsync(mara, $"Gnu gnu late {count}");
                await world.RunAsync(new IndexImageJob(image.Id));
            }
        );

        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        if (typed.Contains("newest", StringComparison.Ordinal))
            Assert.Equal(Enumerable.Reverse(expected), read);
        else if (!typed.Contains('"', StringComparison.Ordinal))
            Assert.Equal(6, read.TakeWhile(title => int.Parse(title[8..], CultureInfo.InvariantCulture) % 4 == 0).Count());
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("gnu sort:newest")]
    public async Task From_image_to_image_goes_as_the_results_go(string typed)
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        for (var i = 1; i <= 5; i++)
            await world.ImageAsync(mara, $"Gnu {i}", i % 2 == 0 ? "gnu gnu" : "");
        await world.IndexAsync();
        var slugs = (await world.FindAsync(typed)).Images.Select(image => image.Slug).ToList();

        foreach (var (i, slug) in slugs.Index())
        {
            var beside = await world.Gallery.AskAsync((IImageNeighbours n) => n.FindAsync(mara, slug, new(ImageContextKind.Search, typed), Ct));
            Assert.Equal(new ImageNeighbours(i > 0 ? slugs[i - 1] : null, i + 1 < slugs.Count ? slugs[i + 1] : null), beside);
        }
    }

    [Fact]
    public async Task A_page_takes_few_queries_however_many_match()
    {
        await using var world = await SearchWorld.OpenAsync();
        var mara = await world.MemberAsync("mara");
        for (var i = 0; i < 20; i++)
            await world.ImageAsync(mara, "Gnu");
        await world.IndexAsync();
        await world.FindAsync("gnu");
        var counter = (QueryCounter)world.Gallery.Services.GetService(typeof(QueryCounter))!;

        var before = counter.Count;
        await world.FindAsync("gnu sort:newest");
        var newest = counter.Count - before;
        await world.FindAsync("gnu");

        Assert.Equal((2, 3), (newest, counter.Count - before - newest));
    }

    private static Task<IReadOnlyList<TagCount>> PopularAsync(SearchWorld world) =>
        world.Gallery.AskAsync((IImageQueries images) => images.PopularTagsAsync(10, Ct));
}
