using System.Diagnostics;
using System.Security.Cryptography;
using GoImg.Core.Images;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A gallery with one image as it stood at some moment, to begin from as often as wanted: its database, its data, and what was acknowledged.</summary>
internal sealed class Snapshot : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly string _template;

    private Snapshot(string template) => _template = template;

    public Dictionary<ImageId, byte[]> Journal { get; } = [];

    /// <summary>After <paramref name="then"/> was done to an image that ana uploaded. Once for each name in a run.</summary>
    public static async Task<Snapshot> AfterAsync(string name, Func<GoImgApp, MemberClient, ImageId, Task> then)
    {
        var snapshot = new Snapshot(name);
        await PostgresFixture.TemplateAsync(
            name,
            async database =>
            {
                await new Migrator(database).UpAsync(CancellationToken.None);
                await using var app = await GoImgApp.OverAsync(database, snapshot._data["data"], GoImgApp.NoJobs);
                var ana = await app.SignUpAsync("ana");
                var id = (await ana.UploadAsync(Pictures.Png(1, 2000, 1000))).Value().ImageId;
                snapshot.Journal[id] = SHA256.HashData(Pictures.Png(1, 2000, 1000));
                await then(app, ana, id);
            }
        );
        return snapshot;
    }

    /// <summary>A copy: the connection string of its database; its data lie in <paramref name="data"/> then.</summary>
    public async Task<string> CopyAsync(TempDirectory data)
    {
        using var copy = Process.Start("cp", ["-a", _data["data"] + "/.", data.Path]);
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, copy.ExitCode);
        return await PostgresFixture.NewDatabaseAsync(_template);
    }

    public void Dispose() => _data.Dispose();
}
