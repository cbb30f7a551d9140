using GoImg.Infrastructure.Accounts;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Accounts;

public sealed class PasswordStrengthTests
{
    private static readonly ZxcvbnPasswordStrength BuiltIn = new(null);

    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("Password1234")]
    [InlineData("PASSWORD12345")]
    [InlineData("p@ssw0rd1234")]
    [InlineData("P@$$w0rd2024")]
    [InlineData("qwertyuiop12")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("123456789012")]
    [InlineData("1234567890123")]
    [InlineData("123412341234")]
    [InlineData("111111111111")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("abcdefghijkl")]
    [InlineData("iloveyou1234")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("letmein12345")]
    [InlineData("welcome12345")]
    [InlineData("changeme1234")]
    [InlineData("administrator1")]
    [InlineData("goimgpassword")]
    [InlineData("pass word pass word")]
    [InlineData("princess2010")]
    [InlineData("passwortpasswort")]
    public void What_anyone_would_guess_first_is_guessable(string password) => Assert.True(BuiltIn.IsGuessable(password, []));

    [Theory]
    [InlineData(MemberClient.Password)]
    [InlineData("correct horse battery staple")]
    [InlineData("Xk7#pQ2!vL9z")]
    [InlineData("drei chinesen mit dem kontrabass")]
    [InlineData("わたしのながいあいことば")]
    public void What_no_one_would_is_not(string password) => Assert.False(BuiltIn.IsGuessable(password, []));

    [Fact]
    public void What_is_known_of_a_member_makes_a_password_guessable()
    {
        Assert.False(BuiltIn.IsGuessable("zxiorbwqlund77", []));
        Assert.True(BuiltIn.IsGuessable("zxiorbwqlund77", ["zxiorbwqlund"]));
    }

    [Fact]
    public void A_list_of_ones_own_is_added()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["list.txt"], "Xk7#pQ2!vL9z\n\n  drei chinesen mit dem kontrabass  \n");

        var strength = new ZxcvbnPasswordStrength(directory["list.txt"]);

        Assert.True(strength.IsGuessable("xk7#PQ2!vL9z", []));
        Assert.True(strength.IsGuessable("Drei Chinesen mit dem Kontrabass", []));
        Assert.True(strength.IsGuessable("passwordpassword", []));
    }
}
