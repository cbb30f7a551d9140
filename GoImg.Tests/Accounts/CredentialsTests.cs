using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Accounts;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ICredentials = GoImg.Core.Accounts.ICredentials;

namespace GoImg.Tests.Accounts;

public sealed class CredentialsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static int _networks;

    // Tries are counted for each network: every test comes from one of its own.
    private readonly string _address = $"192.0.{Interlocked.Increment(ref _networks)}.1";

    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_is_refused_by_name_and_by_address()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.Allowed; i++)
            Assert.IsType<AccountErrors.WrongCredentials>(
                (await VerifyAsync(i % 2 == 0 ? ana.Username : ana.Email.ToUpperInvariant(), "wrong password")).Error
            );

        var byName = await VerifyAsync(ana.Username, MemberClient.Password);
        var byAddress = await VerifyAsync(ana.Email, MemberClient.Password);

        Assert.Equal(15, Assert.IsType<AccountErrors.LockedOut>(byName.Error).Minutes);
        Assert.IsType<AccountErrors.LockedOut>(byAddress.Error);
    }

    [Fact]
    public async Task The_lock_opens_by_itself_after_fifteen_minutes_and_the_right_password_sets_the_count_back()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < 6; i++)
            await VerifyAsync(ana.Username, "wrong password");

        await shared.App.ExecuteSqlAsync("UPDATE sign_in_tries SET last_at = last_at - interval '15 minutes 1 second'");
        var opened = await VerifyAsync(ana.Username, MemberClient.Password);
        for (var i = 0; i < 4; i++)
            await VerifyAsync(ana.Username, "wrong password");
        var afterFourMore = await VerifyAsync(ana.Username, MemberClient.Password);

        Assert.True(opened.IsSuccess);
        Assert.True(afterFourMore.IsSuccess);
    }

    [Fact]
    public async Task A_stranger_elsewhere_locks_no_one_out_until_the_account_is_under_attack_from_everywhere()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.Allowed + 1; i++)
            await VerifyAsync(ana.Username, "wrong password", "198.51.100.7");

        var owner = await VerifyAsync(ana.Username, MemberClient.Password);
        Assert.IsType<AccountErrors.WrongCredentials>((await VerifyAsync(ana.Username, "wrong password", "203.0.113.1")).Error);
        // As if the others of the fifty had been tried as well, each from a network of its own.
        var account = Convert.ToHexString(SignInTries.KeyOf(ana.Id.Value));
        await shared.App.ExecuteSqlAsync($"UPDATE sign_in_tries SET count = {SignInTries.AllowedEverywhere} WHERE key = decode('{account}', 'hex')");
        var under = await VerifyAsync(ana.Username, MemberClient.Password, "203.0.113.2");

        Assert.True(owner.IsSuccess);
        Assert.IsType<AccountErrors.LockedOut>(under.Error);
    }

    [Fact]
    public async Task Twenty_wrong_passwords_over_many_names_stop_their_network_and_right_ones_do_not_count()
    {
        var ana = await shared.SignUpAsync("ana");
        for (var i = 0; i < SignInTries.AllowedOfNetwork; i++)
        {
            await VerifyAsync($"name{i}", "wrong password", "2001:db8::1");
            Assert.True(i == SignInTries.AllowedOfNetwork - 1 || (await VerifyAsync(ana.Username, MemberClient.Password, "2001:db8::2")).IsSuccess);
        }

        var stopped = await VerifyAsync(ana.Username, MemberClient.Password, "2001:db8::3");
        var elsewhere = await VerifyAsync(ana.Username, MemberClient.Password, "2001:db8:0:1::1");

        Assert.IsType<AccountErrors.LockedOut>(stopped.Error);
        Assert.True(elsewhere.IsSuccess);
    }

    [Fact]
    public async Task Of_a_hundred_wrong_passwords_at_once_five_are_looked_at()
    {
        var ana = await shared.SignUpAsync("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => VerifyAsync(ana.Username, "wrong password")));

        Assert.Equal(SignInTries.Allowed, answers.Count(a => a.Error is AccountErrors.WrongCredentials));
        Assert.Equal(100 - SignInTries.Allowed, answers.Count(a => a.Error is AccountErrors.LockedOut));
    }

    [Fact]
    public async Task An_unknown_name_is_answered_and_locked_like_a_known_one()
    {
        var ana = await shared.SignUpAsync("ana");
        using var api = new ApiClient(shared.App);

        foreach (var attempt in Enumerable.Range(0, 7))
        {
            var known = await api.SignInAsync(ana.Username, $"wrong password {attempt}");
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
        var ana = await shared.SignUpAsync("ana");
        await shared.App.ExecuteSqlAsync($"UPDATE members SET status = 'Banned' WHERE id = '{ana.Id}'");
        using var api = new ApiClient(shared.App);

        var wrong = await api.SignInAsync(ana.Username, "wrong password");
        var right = await api.SignInAsync(ana.Username);

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
        var ana = await shared.SignUpAsync("ana");

        Assert.IsType<AccountErrors.WrongCredentials>(
            (await VerifyAsync(name.Replace("ana", ana.Username, StringComparison.Ordinal), MemberClient.Password)).Error
        );
    }

    [Fact]
    public async Task None_of_a_password_is_cut_or_mixed_up()
    {
        var longOne = new string('x', 90) + " the tail matters: a";
        await RegisterAsync("lena", longOne);
        // U+FB01 is the ligature "fi": the same characters on another keyboard.
        await RegisterAsync("bob", "ﬁrst long ﬁsh of the day");

        Assert.False((await VerifyAsync("lena", longOne[..^1] + "b")).IsSuccess);
        Assert.True((await VerifyAsync("lena", longOne)).IsSuccess);
        Assert.True((await VerifyAsync("bob", "first long fish of the day")).IsSuccess);
        Assert.False((await VerifyAsync("bob", "First long fish of the day")).IsSuccess);
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

    private async Task<Result<MemberId>> VerifyAsync(string name, string password, string? address = null)
    {
        await using var scope = shared.App.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ICredentials>()
            .VerifyAsync(Actor.Visitor(address ?? _address), name, password, TestContext.Current.CancellationToken);
    }

    private async Task RegisterAsync(string name, string password) =>
        (
            await shared.App.InScopeAsync<AccountService, Result<Member>>(accounts =>
                accounts.RegisterAsync(
                    Actor.Visitor(null),
                    new Registration(name, $"{name}@example.org", password),
                    TestContext.Current.CancellationToken
                )
            )
        ).Value();
}
