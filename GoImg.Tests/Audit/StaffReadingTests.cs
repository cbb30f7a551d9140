using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Audit;

/// <summary>Whatever way staff read what only its owner may see, it is in the log, once a look.</summary>
public sealed class StaffReadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/i/{slug}")]
    [InlineData("/i/{slug}/medium")]
    [InlineData("/report/{slug}")]
    [InlineData("/report/comment/{comment}")]
    [InlineData("/moderation")]
    [InlineData("/moderation?about=image:{id}")]
    [InlineData("/moderation?image={slug}")]
    [InlineData("/moderation?about=comment:{comment}")]
    [InlineData("/moderation/decisions")]
    [InlineData("/moderation/members/ana")]
    [InlineData("images/{id}")]
    [InlineData("images/{id}/status")]
    [InlineData("images/{id}/variants/small")]
    [InlineData("moderation/reports")]
    [InlineData("moderation/decisions")]
    public async Task Each_way_to_read_a_private_image_leaves_one_entry(string path)
    {
        await using var app = await GoImgApp.StartAsync();
        var (image, comment) = await PrivateAsync(app);
        var mia = await app.SignUpAsync("mia", Role.Moderator);
        using var api = new ApiClient(app);
        await api.SignInAsync("mia");
        var where = path.Replace("{slug}", image.Slug, StringComparison.Ordinal)
            .Replace("{id}", image.Id.ToString(), StringComparison.Ordinal)
            .Replace("{comment}", comment, StringComparison.Ordinal);

        for (var look = 0; look < 2; look++)
        {
            if (path.StartsWith('/'))
                using (var page = await mia.GetAsync(where))
                    Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            else
                Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(where)).Status);
        }

        var entry = Assert.Single(await LogAsync(app, AuditAction.PrivateViewed, "mia"));
        Assert.Equal(("image", image.Id.ToString(), "private, flagged"), (entry.SubjectKind, entry.SubjectId, entry.After));
    }

    [Fact]
    public async Task The_original_is_not_for_staff_and_what_its_owner_reads_is_no_entry()
    {
        await using var app = await GoImgApp.StartAsync();
        var (image, _) = await PrivateAsync(app);
        await app.SignUpAsync("ada", Role.Admin);
        using var ada = new ApiClient(app);
        await ada.SignInAsync("ada");
        using var ana = new ApiClient(app);
        await ana.SignInAsync("ana");

        Assert.Equal(HttpStatusCode.NotFound, (await ada.GetAsync($"images/{image.Id}/variants/original")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"images/{image.Id}/variants/original")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"images/{image.Id}/status")).Status);

        Assert.Empty(await LogAsync(app, AuditAction.PrivateViewed, "ada"));
        Assert.Empty(await LogAsync(app, AuditAction.PrivateViewed, "ana"));
    }

    [Theory]
    [InlineData("/a/{slug}")]
    [InlineData("/report/album/{slug}")]
    [InlineData("/moderation?about=album:{id}")]
    public async Task A_private_album_that_staff_open_is_an_entry_too(string path)
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Role.Moderator));
        var details = Core.Albums.AlbumDetails.Create("Diary", "", Visibility.Private, Core.Albums.AlbumOrder.Manual).Value();
        var album = (
            await app.InScopeAsync<Core.Albums.AlbumService, Result<Core.Albums.Album>>(s => s.CreateAsync(ana.Actor, details, Token))
        ).Value();
        var where = path.Replace("{slug}", album.Slug, StringComparison.Ordinal).Replace("{id}", album.Id.ToString(), StringComparison.Ordinal);

        foreach (var member in new[] { mia, mia, ana })
            using (await member.GetAsync(where)) { }

        Assert.Equal(album.Id.ToString(), Assert.Single(await LogAsync(app, AuditAction.AlbumPrivateViewed, null)).SubjectId);
    }

    internal static async Task<IReadOnlyList<AuditRow>> LogAsync(GoImgApp app, string action, string? by) =>
        (
            await app.InScopeAsync<IAuditQueries, Result<Page<AuditRow>>>(q =>
                q.SearchAsync(Actor.System, new AuditFilter(action, by), null, 50, Token)
            )
        )
            .Value()
            .Items;

    /// <summary>Commented, reported, held by another moderator than who reads, and made private then.</summary>
    private static async Task<(Image Image, string Comment)> PrivateAsync(GoImgApp app)
    {
        var (ana, ben, max) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"), await app.SignUpAsync("max", Role.Moderator));
        var image = await ana.HasImageAsync();
        var comment = (
            await app.InScopeAsync<Core.Social.CommentService, Result<Core.Social.CommentId>>(s => s.AddAsync(ben.Actor, image.Id, "Mine!", Token))
        ).Value();
        using (await ben.Http.PostFormAsync($"/report/{image.Slug}", "report", new() { ["reason"] = "Spam" })) { }
        using (
            await max.Http.PostFormAsync("/moderation", null, new() { ["about"] = $"image:{image.Id}", ["action"] = "Hold" }, "/moderation/decide")
        ) { }
        await app.ExecuteSqlAsync($"UPDATE images SET visibility = 'Private' WHERE id = '{image.Id}'");
        return (image, comment.ToString());
    }
}
