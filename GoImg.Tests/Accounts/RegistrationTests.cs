using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class RegistrationTests
{
    private static readonly NothingIsGuessable Anything = new();

    [Theory]
    [InlineData("abc", true)]
    [InlineData("A_b_9", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz_01234", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("ab", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz_012345", false)]
    [InlineData("an a", false)]
    [InlineData("an-a", false)]
    [InlineData("an.a", false)]
    [InlineData("añá", false)]
    [InlineData("аna", false)]
    [InlineData("ana\n", false)]
    [InlineData("admin", false)]
    [InlineData("ROOT", false)]
    [InlineData("Support", false)]
    public void A_username_is_3_to_32_letters_digits_and_underscores_and_not_reserved(string? name, bool isGood) =>
        Assert.Equal(isGood, Username.Parse(name).IsSuccess);

    [Theory]
    [InlineData("ana@example.org", true)]
    [InlineData("a+b@x", true)]
    [InlineData("ünï@exämple.org", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("ana", false)]
    [InlineData("@example.org", false)]
    [InlineData("ana@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("ana@.org", false)]
    [InlineData("ana@example.", false)]
    [InlineData("ana <ana@example.org>", false)]
    [InlineData("ana@example.org, bob@example.org", false)]
    [InlineData("ana@exam\r\nple.org", false)]
    public void An_email_address_has_one_at_sign_and_nothing_a_mail_header_would_trip_over(string? address, bool isGood) =>
        Assert.Equal(isGood, EmailAddress.Parse(address).IsSuccess);

    [Fact]
    public void An_email_address_has_255_characters_at_most()
    {
        Assert.True(EmailAddress.Parse(new string('a', 243) + "@example.org").IsSuccess);
        Assert.False(EmailAddress.Parse(new string('a', 244) + "@example.org").IsSuccess);
    }

    [Theory]
    [InlineData("twelve chars", true)]
    [InlineData("eleven char", false)]
    [InlineData("ééééééééééés", true)]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", false)]
    [InlineData("ana_the_great", false)]
    [InlineData("ANA_THE_GREAT", false)]
    [InlineData("ana@example.org", false)]
    [InlineData("Ana@Example.ORG", false)]
    [InlineData("null\0in the middle", true)]
    public void A_password_has_12_to_128_characters_of_any_kind_and_is_not_the_name(string password, bool isGood) =>
        Assert.Equal(isGood, Check(password).IsSuccess);

    [Fact]
    public void A_password_of_128_characters_is_taken_and_of_129_refused()
    {
        Assert.True(Check(string.Concat(Enumerable.Repeat("ab1é", 32))).IsSuccess);
        Assert.False(Check(string.Concat(Enumerable.Repeat("ab1é", 32)) + "x").IsSuccess);
    }

    [Fact]
    public async Task Of_twenty_registrations_of_one_name_at_once_one_wins_and_the_others_are_told()
    {
        await using var app = await GoImgApp.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RegisterAsync(app, i % 2 == 0 ? "ana" : "ANA", $"ana{i}@example.org")));

        Assert.Single(results, r => r.IsSuccess);
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<AccountErrors.NameTaken>(r.Error));
    }

    [Fact]
    public async Task Of_twenty_registrations_of_one_address_at_once_one_wins_and_the_others_are_told()
    {
        await using var app = await GoImgApp.StartAsync();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => RegisterAsync(app, $"ana{i}", i % 2 == 0 ? "ana@example.org" : "Ana@Example.org"))
        );

        Assert.Single(results, r => r.IsSuccess);
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<AccountErrors.EmailTaken>(r.Error));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_field_by_field()
    {
        await using var app = await GoImgApp.StartAsync();

        var refused = await RegisterAsync(app, "a", "nobody", "short");

        var fields = Assert.IsType<ValidationFailed>(refused.Error).Fields.Select(f => f.Field);
        Assert.Equal(["username", "email", "password"], fields);
    }

    private static Result Check(string password) =>
        PasswordRules.Check(password, Username.FromTrusted("ana_the_great"), EmailAddress.FromTrusted("ana@example.org"), Anything);

    private static Task<Result<Member>> RegisterAsync(GoImgApp app, string username, string email, string password = MemberClient.Password) =>
        app.InScopeAsync<AccountService, Result<Member>>(accounts =>
            accounts.RegisterAsync(Actor.Visitor("127.0.0.1"), new Registration(username, email, password), TestContext.Current.CancellationToken)
        );

    private sealed class NothingIsGuessable : IPasswordStrength
    {
        public bool IsGuessable(string password, IReadOnlyList<string> personal) => false;
    }
}
