using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Security;
using GoImg.Tests.Harness;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Security;

public sealed class StoredKeysTests : IDisposable
{
    private const string Passphrase = "seven herons cross the ford at dawn";

    private readonly TempDirectory _data = new();
    private readonly TempDirectory _otherData = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["file", "passphrase", "certificate"];

    public void Dispose()
    {
        _data.Dispose();
        _otherData.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Keys_are_encrypted_in_the_database_and_read_after_a_restart(string kind)
    {
        var database = await PostgresFixture.NewDatabaseAsync();
        string protectedText;
        await using (var first = Node(database, _data, Options(kind)))
        {
            await first.PrepareKeysAsync(Ct);
            protectedText = Protector(first).Protect("a cookie");
        }

        await using var second = Node(database, _data, Options(kind));
        await second.PrepareKeysAsync(Ct);

        Assert.Equal("a cookie", Protector(second).Unprotect(protectedText));
        var stored = Assert.Single(await StoredAsync(second));
        Assert.Contains("encryptedSecret", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_file_is_its_owner_s_alone()
    {
        await using var node = Node(await PostgresFixture.NewDatabaseAsync(), _data, new());
        Protector(node).Protect("x");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data["keys/data-protection.key"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Keys_that_were_stored_plainly_are_encrypted_at_the_start_and_stay_good(string kind)
    {
        var database = await PostgresFixture.NewDatabaseAsync();
        string protectedText;
        await using (
            var before = new ServiceCollection()
                .AddLogging()
                .AddSingleton(TimeProvider.System)
                .AddDatabase(_ => database)
                .AddDataProtection()
                .SetApplicationName("GoImg")
                .PersistKeysToDbContext<GoImgDbContext>()
                .Services.BuildServiceProvider()
        )
        {
            protectedText = Protector(before).Protect("a cookie");
            Assert.Contains("masterKey", Assert.Single(await StoredAsync(before)), StringComparison.Ordinal);
        }

        await using var node = Node(database, _data, Options(kind));
        await node.PrepareKeysAsync(Ct);

        Assert.DoesNotContain("masterKey", Assert.Single(await StoredAsync(node)), StringComparison.Ordinal);
        Assert.Equal("a cookie", Protector(node).Unprotect(protectedText));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("passphrase")]
    public async Task A_node_with_another_key_does_not_start_and_says_what_to_do(string kind)
    {
        var database = await PostgresFixture.NewDatabaseAsync();
        await using (var first = Node(database, _data, Options(kind)))
            Protector(first).Protect("x");

        await using var stranger = Node(database, _otherData, kind == "file" ? new() : new() { Passphrase = Passphrase + "!" });

        var refused = await Assert.ThrowsAsync<UnreadableKeysException>(() => stranger.PrepareKeysAsync(Ct));
        Assert.Contains("goimg keys discard", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passphrase")]
    [InlineData("certificate")]
    public async Task One_can_change_from_the_file_to_another_way(string kind)
    {
        var database = await PostgresFixture.NewDatabaseAsync();
        string protectedText;
        await using (var first = Node(database, _data, new()))
            protectedText = Protector(first).Protect("a cookie");

        await using var second = Node(database, _data, Options(kind));
        await second.PrepareKeysAsync(Ct);

        Assert.Equal("a cookie", Protector(second).Unprotect(protectedText));
    }

    private KeyEncryptionOptions Options(string kind) =>
        kind switch
        {
            "passphrase" => new() { Passphrase = Passphrase },
            "certificate" => new() { CertificatePath = Certificate(), CertificatePassword = "of the file" },
            _ => new(),
        };

    private string Certificate()
    {
        var path = _data["site.pfx"];
        if (File.Exists(path))
            return path;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=GoImg keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, "of the file"));
        return path;
    }

    private static ServiceProvider Node(string database, TempDirectory data, KeyEncryptionOptions options) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDatabase(_ => database)
            .AddKeys(options, data.Path)
            .BuildServiceProvider();

    private static IDataProtector Protector(IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<List<string>> StoredAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GoImgDbContext>();
        return await db.DataProtectionKeys.Select(key => key.Xml!).ToListAsync(Ct);
    }
}
