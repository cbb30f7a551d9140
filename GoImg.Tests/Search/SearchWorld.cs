using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Search;
using GoImg.Tests.Harness;
using Npgsql;

namespace GoImg.Tests.Search;

/// <summary>A gallery to search in, with a sentence for each image. No job runs by itself.</summary>
internal sealed class SearchWorld : IAsyncDisposable
{
    private SearchWorld(Gallery gallery) => Gallery = gallery;

    public static Actor Visitor { get; } = new(null, Role.Member, null);

    public Gallery Gallery { get; }

    public static async Task<SearchWorld> OpenAsync() => new(await Gallery.OpenAsync());

    public Task<Actor> MemberAsync(string name, Role role = Role.Member) => Gallery.MemberAsync(name, role);

    public Task<Image> ImageAsync(
        Actor owner,
        string title,
        string description = "",
        string tags = "",
        Visibility visibility = Visibility.Public,
        Action<Image>? then = null
    ) =>
        Gallery.ImageAsync(
            owner,
            visibility,
            ImageDetails
                .Create(title, description, "", tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), visibility, ContentRating.Safe)
                .Value(),
            then
        );

    public Task IndexAsync() => Gallery.IndexAsync();

    public Task<SearchResults> FindAsync(
        string typed,
        Actor? actor = null,
        SearchScope scope = SearchScope.Everyone,
        string? after = null,
        int take = 60,
        bool isExact = false
    ) =>
        Gallery.AskAsync(
            (IImageSearch search) =>
                search.FindAsync(
                    actor ?? Visitor,
                    new SearchRequest(SearchQuery.Parse(typed), scope, after, take) { IsExact = isExact },
                    TestContext.Current.CancellationToken
                )
        );

    public async Task<string[]> TitlesAsync(string typed, Actor? actor = null, SearchScope scope = SearchScope.Everyone) =>
        [.. (await FindAsync(typed, actor, scope, isExact: true)).Images.Select(image => image.Title)];

    /// <summary>Every page, one after the other.</summary>
    public async Task<IReadOnlyList<string>> AllPagesAsync(string typed, int take, Func<int, Task>? between = null)
    {
        var (titles, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await FindAsync(typed, after: after, take: take, isExact: true);
            titles.AddRange(page.Images.Select(image => image.Title));
            after = page.Next;
            if (between is not null)
                await between(titles.Count);
        } while (after is not null);

        return titles;
    }

    public Task<JobOutcome> RunAsync<TJob>(TJob job)
        where TJob : IJob =>
        Gallery.AskAsync((IJobHandler<TJob> handler) => handler.HandleAsync(job, new JobAttempt(1, 5), TestContext.Current.CancellationToken));

    public async Task SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Gallery.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<string[]> ListAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Gallery.ConnectionString);
        await using var command = source.CreateCommand($"SELECT array(({sql}))::text[]");
        return (string[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public ValueTask DisposeAsync() => Gallery.DisposeAsync();
}
