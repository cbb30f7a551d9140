using System.Collections.Specialized;
using System.Diagnostics;
using System.Globalization;
using System.Web;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage;

public sealed class LocalObjectStoreTests : ObjectStoreContract, IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("originals/ab/cat");

    private readonly TempDirectory _directory = new();
    private readonly LocalObjectStore _store;

    public LocalObjectStoreTests() => _store = new LocalObjectStore(Root, reserveBytes: 0, TimeProvider.System);

    protected override IObjectStore Store => _store;

    private string Root => _directory["objects"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Only_the_owner_can_enter_and_read()
    {
        await PutAsync();
        await using var staged = await Store.StageAsync(new MemoryStream([1]), 1, Ct);

        var entries = Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Append(Root).ToList();

        Assert.True(entries.Count >= 7);
        Assert.All(entries, entry => Assert.Equal(Directory.Exists(entry) ? "700" : "600", Convert.ToString((int)File.GetUnixFileMode(entry), 8)));
    }

    [Fact]
    public async Task All_who_open_a_new_place_at_once_get_the_store()
    {
        for (var round = 0; round < 200; round++)
        {
            var place = _directory[$"new-{round}"];
            var shared = new LocalObjectStore(place, reserveBytes: 0, TimeProvider.System);
            // Two share one store as two requests do, two have one of their own as two processes do.
            await AtOnce.RunAsync(
                4,
                opener =>
                    (opener % 2 == 0 ? shared : new LocalObjectStore(place, reserveBytes: 0, TimeProvider.System)).PutAsync(
                        ObjectKey.Parse($"renditions/ab/cat/{opener}.webp"),
                        new MemoryStream([1]),
                        Ct
                    )
            );
        }
    }

    [Fact]
    public async Task A_planted_link_to_a_file_is_refused_and_its_target_survives_a_delete()
    {
        var secret = await PlantAsync(File.CreateSymbolicLink);

        await AssertRefusedAsync();
        await Store.DeleteAsync(Key, Ct);

        Assert.Equal("secret", await File.ReadAllTextAsync(secret, Ct));
        Assert.Null(await Store.StatAsync(Key, Ct));
    }

    [Fact]
    public async Task A_planted_hard_link_is_refused()
    {
        await PlantAsync((path, target) => Run("ln", target, path));

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_planted_pipe_is_refused_and_does_not_hang()
    {
        await PlantAsync((path, _) => Run("mkfifo", path));

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_planted_link_in_place_of_a_directory_is_refused_for_reading_and_writing()
    {
        await PutAsync();
        Directory.CreateDirectory(_directory["elsewhere"]);
        await File.WriteAllTextAsync(_directory["elsewhere/cat"], "secret", Ct);
        Directory.Delete(Path.Combine(Root, "originals/ab"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(Root, "originals/ab"), _directory["elsewhere"]);

        await AssertRefusedAsync();
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);

        Assert.Empty(await ListAsync(""));
        Assert.Equal("secret", await File.ReadAllTextAsync(_directory["elsewhere/cat"], Ct));
    }

    [Fact]
    public async Task A_planted_link_in_place_of_the_staging_area_is_refused()
    {
        await PutAsync();
        Directory.Delete(Path.Combine(Root, "_staging"));
        Directory.CreateDirectory(_directory["elsewhere"]);
        Directory.CreateSymbolicLink(Path.Combine(Root, "_staging"), _directory["elsewhere"]);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);

        Assert.Empty(Directory.GetFiles(_directory["elsewhere"]));
    }

    [Fact]
    public async Task A_store_whose_disk_went_away_is_unavailable_and_never_empty()
    {
        await PutAsync();
        Directory.Move(Root, _directory["unmounted"]);
        Directory.CreateDirectory(Root);

        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.OpenAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.StatAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => ListAsync(""));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.DeleteAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.SweepStagedAsync(TimeSpan.Zero, Ct));

        Directory.Delete(Root);
        Directory.Move(_directory["unmounted"], Root);
        Assert.NotNull(await Store.StatAsync(Key, Ct));
    }

    [Fact]
    public async Task An_empty_directory_is_a_new_store_only_when_no_objects_are_expected()
    {
        Directory.CreateDirectory(Root);

        Assert.Throws<ObjectStoreUnavailableException>(() => _store.Prepare(mustExist: true));
        Assert.Empty(Directory.GetFileSystemEntries(Root));

        _store.Prepare(mustExist: false);
        _store.Prepare(mustExist: true);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task A_directory_with_other_files_is_not_taken_for_a_store()
    {
        Directory.CreateDirectory(Root);
        await File.WriteAllTextAsync(Path.Combine(Root, "thesis.txt"), "mine", Ct);

        var refused = await Assert.ThrowsAsync<ObjectStoreUnavailableException>(PutAsync);

        Assert.Contains("is not an object store", refused.Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(Root, "thesis.txt")], Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public async Task The_reserve_stays_free()
    {
        var store = new LocalObjectStore(Root, reserveBytes: long.MaxValue, TimeProvider.System);

        await Assert.ThrowsAsync<ObjectStoreFullException>(() => store.PutAsync(Key, new MemoryStream([1]), Ct));

        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "_staging")));
    }

    [Fact]
    public async Task A_full_disk_refuses_the_write_leaves_nothing_and_is_forgotten_when_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can mount a small disk.");
        Directory.CreateDirectory(Root);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Root) == 0, "This machine does not let us mount.");
        try
        {
            await Store.PutAsync(Key, new MemoryStream(new byte[2_000_000]), Ct);

            await Assert.ThrowsAsync<ObjectStoreFullException>(() =>
                Store.PutAsync(ObjectKey.Parse("originals/ab/dog"), new MemoryStream(new byte[3_000_000]), Ct)
            );

            Assert.Empty(Directory.GetFiles(Path.Combine(Root, "_staging")));
            Assert.Equal(["originals/ab/cat"], await ListAsync(""));
            await Store.DeleteAsync(Key, Ct);
            await Store.PutAsync(Key, new MemoryStream(new byte[3_000_000]), Ct);
        }
        finally
        {
            Run("umount", Root);
        }
    }

    [Fact]
    public async Task All_nodes_over_a_store_sign_with_one_key_and_it_is_no_object()
    {
        for (var round = 0; round < 50; round++)
        {
            var root = _directory[$"shared-{round}"];
            var nodes = Enumerable.Range(0, 8).Select(_ => new LocalObjectStore(root, reserveBytes: 0, TimeProvider.System)).ToList();
            nodes[0].Prepare(mustExist: false);

            var addresses = await AtOnce.RunAsync(nodes.Count, node => nodes[node].GetSignedUrlAsync(Key, TimeSpan.FromDays(1000), Ct));

            var keys = addresses.Select(a => HttpUtility.ParseQueryString(a.OriginalString.Split('?')[1])).ToList();
            Assert.All(keys, k => Assert.Null(Check(nodes[0], k)));
            Assert.False(await nodes[0].ListAsync("", Ct).AnyAsync(Ct));
            Assert.Empty(Directory.GetFiles(Path.Combine(root, "_staging")));
        }

        static Error? Check(LocalObjectStore store, NameValueCollection query) =>
            store
                .CheckAsync(new SignedUrl(Key, long.Parse(query["expires"]!, CultureInfo.InvariantCulture), query["signature"]!), Ct)
                .GetAwaiter()
                .GetResult()
                .Error;
    }

    private Task PutAsync() => Store.PutAsync(Key, new MemoryStream([1, 2, 3]), Ct);

    private async Task<string> PlantAsync(Action<string, string> plant)
    {
        await PutAsync();
        var path = Path.Combine(Root, Key.Value);
        var secret = _directory["secret"];
        await File.WriteAllTextAsync(secret, "secret", Ct);
        File.Delete(path);
        plant(path, secret);
        return secret;
    }

    private Task<string> PlantAsync(Func<string, string, object> plant) =>
        PlantAsync(
            (path, target) =>
            {
                _ = plant(path, target);
            }
        );

    private async Task AssertRefusedAsync()
    {
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.OpenAsync(Key, Ct));
        await Assert.ThrowsAsync<ObjectStoreUnavailableException>(() => Store.StatAsync(Key, Ct));
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
