using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Audit;

/// <summary>What is done to accounts and to who sees what stands in the log.</summary>
public sealed class AccountEntriesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_out_is_an_entry_and_a_session_that_an_admin_ended_another()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var elsewhere = await ana.SignInElsewhereAsync();
        await app.SignUpAsync("ada", Role.Admin);
        using var ada = new ApiClient(app);
        await ada.SignInAsync("ada");

        using (await elsewhere.Http.PostFormAsync("/account", null, [], "/sign-out")) { }
        var session = (await ada.GetAsync($"users/{ana.Id}/sessions")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        for (var i = 0; i < 2; i++)
            await ada.SendAsync(HttpMethod.Delete, $"users/{ana.Id}/sessions/{session}");

        Assert.Equal(("ana", "ana"), Names(Assert.Single(await LogAsync(app, AuditAction.SignedOut))));
        Assert.Equal(("ada", "ana"), Names(Assert.Single(await LogAsync(app, AuditAction.SessionEnded))));
    }

    [Fact]
    public async Task A_changed_password_is_an_entry_and_one_that_was_refused_is_none()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        async Task ChangeAsync(string old) =>
            await app.InScopeAsync<AccountService, Result>(s =>
                s.ChangePasswordAsync(ana.Actor, default, old, "nine herons left the ford again", Token)
            );

        await ChangeAsync("not this one");
        Assert.Empty(await LogAsync(app, AuditAction.PasswordChanged));
        await ChangeAsync(MemberClient.Password);

        Assert.Equal(("ana", "ana"), Names(Assert.Single(await LogAsync(app, AuditAction.PasswordChanged))));
    }

    [Fact]
    public async Task An_admin_s_change_of_a_profile_names_the_fields_and_one_s_own_is_nobody_s_business()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));

        foreach (var actor in new[] { ana.Actor, ada.Actor, ada.Actor })
            await app.InScopeAsync<MemberService, Result<Member>>(s => s.EditProfileAsync(actor, ana.Id, "Ana of " + actor.Role, "", Token));

        var entry = Assert.Single(await LogAsync(app, AuditAction.ProfileChanged));
        Assert.Equal(("ada", "ana"), Names(entry));
        Assert.Equal("display_name", entry.After);
    }

    [Fact]
    public async Task Who_may_see_an_image_or_album_is_an_entry_when_it_changes()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var (one, many) = (await ana.HasImageAsync(), await ana.HasImageAsync(seed: 2));
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");
        var album = (await app.InScopeAsync<AlbumService, Result<Album>>(s => s.CreateAsync(ana.Actor, Details(Visibility.Private), Token))).Value();

        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Patch, $"images/{one.Id}", new { title = "Same" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Patch, $"images/{one.Id}", new { visibility = "private" })).Status);
        await app.InScopeAsync<BulkEdit, Result<BulkOutcome>>(s => s.SetVisibilityAsync(ana.Actor, [one.Id, many.Id], Visibility.Private, Token));
        await app.InScopeAsync<AlbumService, Result>(s => s.EditAsync(ana.Actor, album.Id, Details(Visibility.Public), null, Token));

        var entries = await LogAsync(app, AuditAction.VisibilityChanged);
        Assert.Equal([many.Id.ToString(), one.Id.ToString()], entries.Select(e => e.SubjectId));
        Assert.All(entries, e => Assert.Equal(("public", "private"), (e.Before, e.After)));
        var shown = Assert.Single(await LogAsync(app, AuditAction.AlbumVisibilityChanged));
        Assert.Equal((album.Id.ToString(), "private", "public"), (shown.SubjectId, shown.Before, shown.After));

        static AlbumDetails Details(Visibility visibility) => AlbumDetails.Create("Hills", "", visibility, AlbumOrder.Manual).Value();
    }

    [Theory]
    [InlineData("/moderation")]
    [InlineData("/moderation/audit")]
    [InlineData("/api/v1/moderation/reports")]
    public async Task A_member_who_asks_for_what_is_for_staff_finds_nothing_and_is_an_entry(string path)
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        using var api = new ApiClient(app);
        await api.SignInAsync("ana");

        for (var i = 0; i < 2; i++)
        {
            if (path.StartsWith("/api", StringComparison.Ordinal))
                Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync(path["/api/v1/".Length..])).Status);
            else
                using (var page = await ana.GetAsync(path))
                    Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        }

        using (await app.Anonymous.GetAsync(path, Token)) { }
        var entry = Assert.Single(await LogAsync(app, AuditAction.AccessDenied));
        Assert.Equal(("ana", path), (entry.ActorName, entry.SubjectId));
    }

    private static (string? Actor, string? Subject) Names(AuditRow entry) => (entry.ActorName, entry.SubjectName);

    private static Task<IReadOnlyList<AuditRow>> LogAsync(GoImgApp app, string action) => StaffReadingTests.LogAsync(app, action, null);
}
