using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using GoImg.Tests.Moderation;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Audit;

public sealed class AuditLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE audit_entries SET action = 'x'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("TRUNCATE audit_entries CASCADE")]
    public async Task An_entry_is_neither_changed_nor_removed(string sql)
    {
        await using var world = await ModerationWorld.CreateAsync();
        await WriteAsync(world, Actor.System, AuditAction.Banned, "x");
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));

        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
        Assert.Single(await world.AuditAsync());
    }

    [Fact]
    public async Task An_entry_exists_exactly_if_its_unit_of_work_was_saved()
    {
        await using var world = await ModerationWorld.CreateAsync();
        await using (var scope = world.Services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<IAuditLog>().Add(Actor.System, AuditAction.Banned, AuditSubject.Name("x"));

        Assert.Empty(await world.AuditAsync());
    }

    [Fact]
    public async Task A_name_can_not_forge_a_second_line_or_move_the_cursor()
    {
        await using var world = await ModerationWorld.CreateAsync();

        await WriteAsync(
            world,
            Actor.Visitor("192.0.2.1"),
            AuditAction.SignInFailed,
            "eve\r\n2026-01-01 admin signed in\u001b[2J\u202e" + new string('x', 3000),
            "a\nb",
            new string('y', 3000)
        );

        var entry = Assert.Single(await world.AuditAsync());
        Assert.Equal(255, entry.SubjectId.Length);
        Assert.StartsWith("eve 2026-01-01 admin signed in[2Jxxx", entry.SubjectId, StringComparison.Ordinal);
        Assert.Equal("a b", entry.Before);
        Assert.Equal(AuditEntry.MaxText, entry.After!.Length);
    }

    [Fact]
    public async Task The_log_is_paged_and_filtered_by_action_actor_and_text()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ada, mia) = (await world.MemberAsync("ada", Role.Admin), await world.MemberAsync("mia", Role.Moderator));
        for (var i = 0; i < 25; i++)
            await WriteAsync(world, mia, AuditAction.Warned, $"thing{i}", "100% sure");
        await WriteAsync(world, ada, AuditAction.Banned, "thing99", "1000 times");

        var seen = new List<string>();
        Cursor? cursor = null;
        do
        {
            var page = await SearchAsync(world, ada, new AuditFilter(), cursor, 10);
            seen.AddRange(page.Items.Select(r => r.SubjectId));
            cursor = page.Next is null ? null : Cursor.Parse(page.Next.ToString());
        } while (cursor is not null);

        Assert.Equal(26, seen.Distinct().Count());
        Assert.Equal("thing99", seen[0]);
        Assert.Equal("ada", Assert.Single((await SearchAsync(world, ada, new AuditFilter(AuditAction.Banned), null, 10)).Items).ActorName);
        Assert.Equal(25, (await SearchAsync(world, ada, new AuditFilter(By: "MIA"), null, 50)).Items.Count);
        Assert.Equal(25, (await SearchAsync(world, ada, new AuditFilter(Text: "100%"), null, 50)).Items.Count);
        Assert.Empty((await SearchAsync(world, ada, new AuditFilter(Text: "'; DROP TABLE audit_entries; --"), null, 50)).Items);
    }

    [Fact]
    public async Task The_log_is_filtered_by_days_both_included()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var ada = await world.MemberAsync("ada", Role.Admin);
        world.Clock.AutoAdvanceAmount = TimeSpan.Zero;
        var midnight = new DateTimeOffset(world.Clock.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        foreach (var at in new[] { midnight.AddTicks(-10), midnight, midnight.AddDays(1).AddTicks(-10), midnight.AddDays(1) })
        {
            world.Clock.SetUtcNow(at);
            await WriteAsync(world, ada, AuditAction.Banned, at.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }

        var day = DateOnly.FromDateTime(midnight.UtcDateTime);
        async Task<int> CountAsync(DateOnly? from, DateOnly? to) =>
            (await SearchAsync(world, ada, new AuditFilter(From: from, To: to), null, 10)).Items.Count;

        Assert.Equal(2, await CountAsync(day, day));
        Assert.Equal(3, await CountAsync(day, null));
        Assert.Equal(3, await CountAsync(null, day));
        Assert.Equal(4, await CountAsync(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public async Task Every_action_reads_as_words_with_its_code_beside_it_and_odd_days_are_no_fault()
    {
        await using var app = await GoImgApp.StartAsync();
        var ada = await app.SignUpAsync("ada", Role.Admin);
        Assert.All(AuditAction.All, action => Assert.NotEqual(action, Web.Audit.AuditLabels.Of(action)));
        Assert.Equal("what.newer_versions_do", Web.Audit.AuditLabels.Of("what.newer_versions_do"));

        var page = await ada.Http.GetStringAsync("/moderation/audit?from=yesterday&to=2025-02-30", Token);

        Assert.Contains("Registered", page, StringComparison.Ordinal);
        Assert.Contains("<code class=\"small muted\">account.registered</code>", page, StringComparison.Ordinal);
        Assert.Contains("type=\"date\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_admins_read_it()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var mia = await world.MemberAsync("mia", Role.Moderator);

        Assert.IsType<NotFound>((await world.AskAsync((IAuditQueries q) => q.SearchAsync(mia, new AuditFilter(), null, 10, Token))).Error);
    }

    [Fact]
    public async Task Staff_who_open_a_private_image_are_written_down_once_a_look()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        var (hidden, shown) = (await world.ImageAsync(olga, visibility: Visibility.Private), await world.ImageAsync(olga));

        await LookAsync(world, mia, hidden);
        await LookAsync(world, mia, hidden);
        await LookAsync(world, mia, shown);
        await LookAsync(world, olga, hidden);
        Assert.Equal(
            (AuditAction.PrivateViewed, mia.MemberId, hidden.Id.ToString()),
            Assert.Single(await world.AuditAsync()) is var e ? (e.Action, e.ActorId, e.SubjectId) : default
        );
        world.Clock.Advance(StaffViews.SameLook + TimeSpan.FromSeconds(1));
        await LookAsync(world, mia, hidden);

        Assert.Equal(2, (await world.AuditAsync()).Count);
    }

    private static async Task LookAsync(ModerationWorld world, Actor actor, Image image)
    {
        var view = await world.AskAsync((IImageQueries q) => q.FindAsync(actor, image.Slug, Token));
        await world.AskAsync((StaffViews views) => views.AuditPrivateViewAsync(actor, view!, Token));
    }

    private static async Task<Page<AuditRow>> SearchAsync(ModerationWorld world, Actor actor, AuditFilter filter, Cursor? after, int take) =>
        (await world.AskAsync((IAuditQueries q) => q.SearchAsync(actor, filter, after, take, Token))).Value();

    private static async Task WriteAsync(
        ModerationWorld world,
        Actor actor,
        string action,
        string subject,
        string? before = null,
        string? after = null
    )
    {
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IAuditLog>().Add(actor, action, AuditSubject.Name(subject), before, after);
        (await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Token)).Error.IsNull();
    }
}
