using GoImg.DurableFiles;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage;

public sealed class SecretFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task All_who_make_a_password_at_once_get_the_same()
    {
        for (var round = 0; round < 100; round++)
        {
            var home = _directory[$"round-{round}"];
            Directory.CreateDirectory(home);

            var passwords = await AtOnce.RunAsync(4, _ => Task.FromResult(SecretFile.Password(Path.Combine(home, "password"))));

            Assert.Single(passwords.Distinct());
            Assert.Equal([Path.Combine(home, "password")], Directory.GetFiles(home));
        }
    }
}
