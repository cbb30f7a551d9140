using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Accounts;

public sealed class PersonalAccessTokenTests
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_secret_has_the_prefix_43_random_characters_and_their_CRC_32_so_that_scanners_know_it()
    {
        var secret = TokenSecret.Issue();

        Assert.Matches("^goimg_pat_[0-9A-Za-z]{49}$", secret.Text);
        var checksum = secret.Text[^6..].Aggregate(0L, (sum, digit) => (sum * 62) + Digits.IndexOf(digit, StringComparison.Ordinal));
        Assert.Equal(Crc32.HashToUInt32(Encoding.ASCII.GetBytes(secret.Text[..^6])), checksum);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret.Text)), secret.Hash);
        Assert.Equal(secret.Hash, TokenSecret.Parse(secret.Text)!.Hash);
        Assert.NotEqual(secret.Text, TokenSecret.Issue().Text);
        Assert.DoesNotContain(secret.Text[15..], secret.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_mistyped_is_none()
    {
        var text = TokenSecret.Issue().Text;

        foreach (var at in Enumerable.Range(0, text.Length))
            Assert.Null(TokenSecret.Parse($"{text[..at]}{(text[at] == 'a' ? 'b' : 'a')}{text[(at + 1)..]}"));
        foreach (var other in new[] { null, "", "goimg_pat_", text[..^1], text + "0", " " + text, text.ToUpperInvariant(), text[..^1] + "é" })
            Assert.Null(TokenSecret.Parse(other));
    }

    [Theory]
    [InlineData("", "read", 1, "name")]
    [InlineData(" \u200b\u0000 ", "read", 1, "name")]
    [InlineData("101", "read", 1, "name")]
    [InlineData("ok", "", 1, "scopes")]
    [InlineData("ok", "read", 0, "expires_at")]
    [InlineData("ok", "read", -1, "expires_at")]
    [InlineData("ok", "read", 366, "expires_at")]
    [InlineData("ok", "read", null, "expires_at")]
    public void A_token_needs_a_name_a_scope_and_an_end_within_a_year(string name, string scopes, int? days, string field)
    {
        var now = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        TokenScope[] wanted = scopes.Length == 0 ? [] : [TokenScope.Read];

        var refused = PersonalAccessToken.Create(
            MemberId.New(),
            new(name == "101" ? new string('x', 101) : name, wanted, days is { } d ? now.AddDays(d) : null),
            TokenSecret.Issue(),
            now
        );

        Assert.Equal(field, Assert.Single(Assert.IsType<ValidationFailed>(refused.Error).Fields).Field);
    }

    [Fact]
    public async Task A_token_acts_until_it_expires_and_is_listed_a_month_longer()
    {
        await using var world = await TokenWorld.OpenAsync();
        var ana = await world.SignInAsync("ana");
        var issued = (await ana.CreateAsync(days: 30)).Value();

        Assert.Equal(ana.Actor.MemberId, (await world.FindAsync(issued))!.MemberId);
        world.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await world.FindAsync(issued));
        await world.CleanAsync();
        Assert.Single((await ana.ListAsync()).Items);
        world.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        await world.CleanAsync();

        Assert.Empty((await ana.ListAsync()).Items);
    }

    [Fact]
    public async Task Its_last_use_is_noted_once_a_minute()
    {
        await using var world = await TokenWorld.OpenAsync();
        var ana = await world.SignInAsync("ana");
        var issued = (await ana.CreateAsync()).Value();
        Assert.Null((await ana.ListAsync()).Items[0].LastUsedAt);
        var first = world.Clock.GetUtcNow();

        await world.FindAsync(issued);
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        await world.FindAsync(issued);
        Assert.Equal(first, (await ana.ListAsync()).Items[0].LastUsedAt);
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        await world.FindAsync(issued);

        Assert.Equal(world.Clock.GetUtcNow(), (await ana.ListAsync()).Items[0].LastUsedAt);
    }

    [Fact]
    public async Task Of_the_secret_the_database_has_the_hash_alone()
    {
        await using var world = await TokenWorld.OpenAsync();
        var ana = await world.SignInAsync("ana");
        var issued = (await ana.CreateAsync()).Value();

        var rows = await world.Gallery.AskAsync(
            (GoImgDbContext db) =>
                db
                    .Database.SqlQuery<string>(
                        $"SELECT t::text AS \"Value\" FROM personal_access_tokens t UNION ALL SELECT a::text FROM audit_entries a UNION ALL SELECT j::text FROM jobs j"
                    )
                    .ToListAsync(Token)
        );

        Assert.Contains(rows, row => row.Contains(Convert.ToHexStringLower(issued.Secret.Hash), StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains(issued.Secret.Text[TokenSecret.Prefix.Length..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_one_ends_at_once_and_only_its_owner_can_revoke_it()
    {
        await using var world = await TokenWorld.OpenAsync();
        var (ana, ben) = (await world.SignInAsync("ana"), await world.SignInAsync("ben", Role.Admin));
        var issued = (await ana.CreateAsync()).Value();
        Assert.NotNull(await world.FindAsync(issued));

        Assert.IsType<NotFound>((await ben.RevokeAsync(issued)).Error);
        Assert.NotNull(await world.FindAsync(issued));
        Assert.Null((await ana.RevokeAsync(issued)).Error);

        Assert.Null(await world.FindAsync(issued));
        Assert.IsType<NotFound>((await ana.RevokeAsync(issued)).Error);
        var entries = await world.AuditAsync();
        Assert.Equal([AuditAction.TokenCreated, AuditAction.TokenRevoked], entries.Select(e => e.Action));
        Assert.Equal($"{issued.Token.Id}: upload, until 2026-08-02", entries[0].After);
        Assert.Equal(issued.Token.Id.ToString(), entries[1].Before);
        Assert.All(entries, entry => Assert.Equal((ana.Actor.MemberId, ana.Actor.MemberId!.Value.ToString()), (entry.ActorId, entry.SubjectId)));
    }

    [Fact]
    public async Task Made_by_many_at_once_there_are_never_more_than_the_limit_and_expired_ones_do_not_count()
    {
        await using var world = await TokenWorld.OpenAsync();
        var ana = await world.SignInAsync("ana");
        (await ana.CreateAsync(days: 1)).Value();
        world.Clock.Advance(TimeSpan.FromDays(2));
        ana = await world.SignInAgainAsync(ana);

        var made = await AtOnce.RunAsync(PersonalAccessToken.MaxPerMember + 6, _ => ana.CreateAsync());

        Assert.Equal(PersonalAccessToken.MaxPerMember, made.Count(m => m.IsSuccess));
        Assert.All(
            made.Where(m => !m.IsSuccess),
            m => Assert.Equal(PersonalAccessToken.MaxPerMember, Assert.IsType<AccountErrors.TooManyTokens>(m.Error).Limit)
        );
    }

    [Fact]
    public async Task None_is_made_behind_the_back_of_what_ends_them_all()
    {
        await using var world = await TokenWorld.OpenAsync();
        var ana = await world.SignInAsync("ana");
        await using var scope = world.Gallery.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SignOutEverywhere>().RunAsync(ana.Actor.MemberId!.Value, except: null, Token);

        var making = ana.CreateAsync();
        await Eventually.TrueAsync(async () => making.IsCompleted || await world.SomebodyWaitsForALockAsync());
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Token);

        Assert.IsType<SignInRequired>((await making).Error);
        Assert.Empty((await ana.ListAsync()).Items);
    }

    [Theory]
    [InlineData("ban")]
    [InlineData("suspend")]
    [InlineData("role")]
    public async Task A_ban_a_suspension_and_another_role_end_them_for_good(string what)
    {
        await using var world = await TokenWorld.OpenAsync();
        var (ana, ada) = (await world.SignInAsync("ana"), await world.SignInAsync("ada", Role.Admin));
        var issued = (await ana.CreateAsync()).Value();
        var others = (await ada.CreateAsync()).Value();
        var id = ana.Actor.MemberId!.Value;

        await world.Gallery.AskAsync(
            async (ModerateMembers members) =>
                what switch
                {
                    "ban" => (await members.BanAsync(ada.Actor, id, "", "Enough.", Token)).Error,
                    "suspend" => (await members.SuspendAsync(ada.Actor, id, world.Clock.GetUtcNow().AddDays(1), "", "Enough.", Token)).Error,
                    _ => (await members.ChangeRoleAsync(ada.Actor, id, Role.Moderator, Token)).Error,
                }
        );
        Assert.Null(await world.FindAsync(issued));
        await world.Gallery.AskAsync(async (ModerateMembers members) => (await members.ReinstateAsync(ada.Actor, id, "", "", Token)).Error);

        Assert.Null(await world.FindAsync(issued));
        Assert.Empty((await ana.ListAsync()).Items);
        Assert.NotNull(await world.FindAsync(others));
    }

    [Fact]
    public async Task An_ended_session_makes_none_and_an_old_one_neither()
    {
        await using var world = await TokenWorld.OpenAsync();
        var (ana, ben) = (await world.SignInAsync("ana"), await world.SignInAsync("ben"));

        Assert.IsType<SignInRequired>((await ana.CreateAsync(session: ben.Session)).Error);
        Assert.IsType<NotAllowed>((await ana.CreateAsync(session: null)).Error);
        world.Clock.Advance(PersonalAccessTokenService.RecentSignIn);
        Assert.True((await ana.CreateAsync()).IsSuccess);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(15, Assert.IsType<AccountErrors.SignInAgain>((await ana.CreateAsync()).Error).Minutes);
        await world.Gallery.AskAsync((SessionService sessions) => sessions.EndAsync(ben.Actor, ben.Actor.MemberId!.Value, ben.Session, Token));

        Assert.IsType<SignInRequired>((await ben.CreateAsync()).Error);
    }
}
