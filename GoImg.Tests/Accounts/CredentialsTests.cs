using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Accounts;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ICredentials = GoImg.Core.Accounts.ICredentials;

namespace GoImg.Tests.Accounts;

public sealed class CredentialsTests
{
    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_is_refused_by_name_and_by_address()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.Allowed; i++)
            Assert.IsType<AccountErrors.WrongCredentials>((await VerifyAsync(app, i % 2 == 0 ? "ana" : "ANA@example.org", "wrong password")).Error);

        var byName = await VerifyAsync(app, "ana", MemberClient.Password);
        var byAddress = await VerifyAsync(app, "ana@example.org", MemberClient.Password);

        Assert.Equal(15, Assert.IsType<AccountErrors.LockedOut>(byName.Error).Minutes);
        Assert.IsType<AccountErrors.LockedOut>(byAddress.Error);
    }

    [Fact]
    public async Task The_lock_opens_by_itself_after_fifteen_minutes_and_the_right_password_sets_the_count_back()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        for (var i = 0; i < 6; i++)
            await VerifyAsync(app, "ana", "wrong password");

        await app.ExecuteSqlAsync("UPDATE sign_in_tries SET last_at = last_at - interval '15 minutes 1 second'");
        var opened = await VerifyAsync(app, "ana", MemberClient.Password);
        for (var i = 0; i < 4; i++)
            await VerifyAsync(app, "ana", "wrong password");
        var afterFourMore = await VerifyAsync(app, "ana", MemberClient.Password);

        Assert.True(opened.IsSuccess);
        Assert.True(afterFourMore.IsSuccess);
    }

    [Fact]
    public async Task A_stranger_elsewhere_locks_no_one_out_until_the_account_is_under_attack_from_everywhere()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.Allowed + 1; i++)
            await VerifyAsync(app, "ana", "wrong password", "198.51.100.7");

        var owner = await VerifyAsync(app, "ana", MemberClient.Password);
        Assert.IsType<AccountErrors.WrongCredentials>((await VerifyAsync(app, "ana", "wrong password", "203.0.113.1")).Error);
        // As if the others of the fifty had been tried as well, each from a network of its own.
        await app.ExecuteSqlAsync($"UPDATE sign_in_tries SET count = {SignInTries.AllowedEverywhere}");
        var under = await VerifyAsync(app, "ana", MemberClient.Password, "203.0.113.2");

        Assert.True(owner.IsSuccess);
        Assert.IsType<AccountErrors.LockedOut>(under.Error);
    }

    [Fact]
    public async Task Twenty_wrong_passwords_over_many_names_stop_their_network_and_right_ones_do_not_count()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.AllowedOfNetwork; i++)
        {
            await VerifyAsync(app, $"name{i}", "wrong password", "2001:db8::1");
            Assert.True(i == SignInTries.AllowedOfNetwork - 1 || (await VerifyAsync(app, "ana", MemberClient.Password, "2001:db8::2")).IsSuccess);
        }

        var stopped = await VerifyAsync(app, "ana", MemberClient.Password, "2001:db8::3");
        var elsewhere = await VerifyAsync(app, "ana", MemberClient.Password, "2001:db8:0:1::1");

        Assert.IsType<AccountErrors.LockedOut>(stopped.Error);
        Assert.True(elsewhere.IsSuccess);
    }

    [Fact]
    public async Task Of_a_hundred_wrong_passwords_at_once_five_are_looked_at()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => VerifyAsync(app, "ana", "wrong password")));

        Assert.Equal(SignInTries.Allowed, answers.Count(a => a.Error is AccountErrors.WrongCredentials));
        Assert.Equal(100 - SignInTries.Allowed, answers.Count(a => a.Error is AccountErrors.LockedOut));
    }

    [Fact]
    public async Task An_unknown_name_is_answered_and_locked_like_a_known_one()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        using var api = new ApiClient(app);

        foreach (var attempt in Enumerable.Range(0, 7))
        {
            var known = await api.SignInAsync("ana", $"wrong password {attempt}");
            var unknown = await api.SignInAsync("nobody", $"wrong password {attempt}");

            Assert.Equal(known.Status, unknown.Status);
            Assert.Equal(known["detail"], unknown["detail"]);
            Assert.Equal(known["type"], unknown["type"]);
            Assert.Equal(known.Headers.RetryAfter, unknown.Headers.RetryAfter);
            Assert.Equal(known.Headers.Select(h => h.Key), unknown.Headers.Select(h => h.Key));
        }
    }

    [Fact]
    public async Task A_suspended_or_banned_member_with_a_wrong_password_is_told_no_more_than_anyone()
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");
        await app.ExecuteSqlAsync("UPDATE members SET status = 'Banned'");
        using var api = new ApiClient(app);

        var wrong = await api.SignInAsync("ana", "wrong password");
        var right = await api.SignInAsync("ana");

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(HttpStatusCode.Forbidden, right.Status);
    }

    [Theory]
    [InlineData("ana\0")]
    [InlineData("\ud800broken")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%")]
    [InlineData("ana\u202e")]
    public async Task Odd_names_are_simply_wrong(string name)
    {
        await using var app = await GoImgApp.StartAsync();
        await app.SignUpAsync("ana");

        Assert.IsType<AccountErrors.WrongCredentials>((await VerifyAsync(app, name, MemberClient.Password)).Error);
    }

    [Fact]
    public async Task None_of_a_password_is_cut_or_mixed_up()
    {
        await using var app = await GoImgApp.StartAsync();
        var longOne = new string('x', 90) + " the tail matters: a";
        await RegisterAsync(app, "ana", longOne);
        // U+FB01 is the ligature "fi": the same characters on another keyboard.
        await RegisterAsync(app, "bob", "ﬁrst long ﬁsh of the day");

        Assert.False((await VerifyAsync(app, "ana", longOne[..^1] + "b")).IsSuccess);
        Assert.True((await VerifyAsync(app, "ana", longOne)).IsSuccess);
        Assert.True((await VerifyAsync(app, "bob", "first long fish of the day")).IsSuccess);
        Assert.False((await VerifyAsync(app, "bob", "First long fish of the day")).IsSuccess);
    }

    [Fact]
    public void Passwords_are_hashed_with_210000_rounds()
    {
        // What the product hashes with: the tests' own application takes fewer rounds.
        using var services = new ServiceCollection().AddAccounts(blocklistPath: null).BuildServiceProvider();

        var hash = Convert.FromBase64String(
            services.GetRequiredService<IPasswordHasher<Account>>().HashPassword(new Account(), MemberClient.Password)
        );

        // Identity's format 1: marker, function (2 = HMAC-SHA512), rounds, each big-endian.
        Assert.Equal(2u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.InRange(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)), 210_000u, uint.MaxValue);
    }

    private static async Task<Result<MemberId>> VerifyAsync(GoImgApp app, string name, string password, string address = "192.0.2.1")
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ICredentials>()
            .VerifyAsync(Actor.Visitor(address), name, password, TestContext.Current.CancellationToken);
    }

    private static async Task RegisterAsync(GoImgApp app, string name, string password) =>
        (
            await app.InScopeAsync<AccountService, Result<Member>>(accounts =>
                accounts.RegisterAsync(
                    Actor.Visitor(null),
                    new Registration(name, $"{name}@example.org", password),
                    TestContext.Current.CancellationToken
                )
            )
        ).Value();
}
