using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Storage;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage;

/// <summary>What every object store does. A store's own test class inherits this and adds what only it can get wrong.</summary>
public abstract class ObjectStoreContract
{
    private static readonly ObjectKey Key = ObjectKey.Parse("originals/ab/cat");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IObjectStore Store { get; }

    /// <summary>How often what happens at once is done: fewer where each step is a request.</summary>
    protected virtual int Rounds => 40;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(3_000_001)]
    public async Task What_was_put_is_read_back(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);

        await Store.PutAsync(Key, new MemoryStream(bytes), Ct);

        Assert.Equal(bytes, await ReadAsync(Key));
        var info = await Store.StatAsync(Key, Ct);
        Assert.Equal((Key, length), (info!.Key, info.LengthBytes));
        Assert.InRange(info.WrittenAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Theory]
    [InlineData(0, 10, "0123456789")]
    [InlineData(7, 2, "78")]
    [InlineData(7, 100, "789")]
    [InlineData(10, 5, "")]
    [InlineData(20, 5, "")]
    public async Task A_range_is_read_as_far_as_the_object_goes_and_tells_the_length_of_the_whole(long offset, long length, string expected)
    {
        await Store.PutAsync(Key, new MemoryStream("0123456789"u8.ToArray()), Ct);

        await using var opened = await Store.OpenAsync(Key, new ByteRange(offset, length), Ct);

        using var bytes = new MemoryStream();
        await opened!.Content.CopyToAsync(bytes, Ct);
        Assert.Equal((10, expected), (opened.LengthBytes, Encoding.ASCII.GetString(bytes.ToArray())));
    }

    [Fact]
    public async Task An_objects_bytes_are_read_forwards_and_once()
    {
        await Store.PutAsync(Key, new MemoryStream("0123456789"u8.ToArray()), Ct);

        await using var opened = await Store.OpenAsync(Key, Ct);

        Assert.False(opened!.Content.CanSeek);
        Assert.Throws<NotSupportedException>(() => opened.Content.Length);
        Assert.Throws<NotSupportedException>(() => opened.Content.Position = 0);
        Assert.Throws<NotSupportedException>(() => opened.Content.Seek(0, SeekOrigin.Begin));
    }

    [Fact]
    public async Task An_object_as_a_stream_goes_on_from_wherever_it_is_moved_to()
    {
        await Store.PutAsync(Key, new MemoryStream("0123456789"u8.ToArray()), Ct);
        await using var stream = (await Store.OpenWholeAsync(Key, 10, Ct))!;
        var digits = new byte[3];

        await stream.ReadExactlyAsync(digits, Ct);
        Assert.Equal("012"u8, digits);
        stream.Seek(-3, SeekOrigin.End);
        await stream.ReadExactlyAsync(digits, Ct);
        Assert.Equal("789"u8, digits);
        Assert.Equal(0, await stream.ReadAsync(digits, Ct));
        stream.Position = 1;
        await stream.ReadExactlyAsync(digits, Ct);
        Assert.Equal("123"u8, digits);
    }

    [Fact]
    public async Task What_was_said_of_an_object_when_it_was_stored_is_kept_with_it()
    {
        var said = ObjectMetadata.Private("image/webp") with
        {
            Custom = new Dictionary<string, string>(StringComparer.Ordinal) { ["made-by"] = "libvips 8.18: a test", ["empty"] = "" },
        };
        await Store.PutAsync(Key, new MemoryStream([1]), said, Ct);
        await using (var staged = await Store.StageAsync(new MemoryStream([1, 2]), 10, Ct))
            await Store.PromoteAsync(staged, ObjectKey.Parse("originals/ab/dog"), said, Ct);

        foreach (var key in (ObjectKey[])[Key, ObjectKey.Parse("originals/ab/dog")])
        {
            var kept = (await Store.StatAsync(key, Ct))!.Metadata;
            // The order of its words says nothing, and is changed on the way.
            Assert.Equal(
                (said.ContentType, CacheControlHeaderValue.Parse(said.CacheControl)),
                (kept.ContentType, CacheControlHeaderValue.Parse(kept.CacheControl))
            );
            Assert.Equal(said.Custom.OrderBy(c => c.Key, StringComparer.Ordinal), kept.Custom.OrderBy(c => c.Key, StringComparer.Ordinal));
        }

        await Store.PutAsync(Key, new MemoryStream([1]), Ct);
        var replaced = (await Store.StatAsync(Key, Ct))!.Metadata;
        Assert.Equal((null, null, 0), (replaced.ContentType, replaced.CacheControl, replaced.Custom.Count));
    }

    [Theory]
    [InlineData("Upper", "x")]
    [InlineData("", "x")]
    [InlineData("name", "two\nlines")]
    [InlineData("name", "größe")]
    [InlineData("name", null)]
    public async Task Metadata_that_some_store_could_not_keep_is_refused_and_nothing_is_stored(string name, string? value)
    {
        var odd = new ObjectMetadata { Custom = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value ?? new string('x', 2048) } };

        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(Key, new MemoryStream([1]), odd, Ct));

        Assert.Null(await Store.StatAsync(Key, Ct));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_can_be_deleted()
    {
        Assert.Null(await Store.OpenAsync(Key, Ct));
        Assert.Null(await Store.StatAsync(Key, Ct));
        await Store.DeleteAsync(Key, Ct);
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_its_name_is_free()
    {
        var key = ObjectKey.Parse("renditions/ab/cat/small.webp");
        for (var round = 0; round < 2; round++)
        {
            await Store.PutAsync(key, new MemoryStream([1]), Ct);
            await Store.DeleteAsync(key, Ct);
            Assert.Null(await Store.StatAsync(key, Ct));
        }

        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Staged_bytes_are_hashed_readable_and_nameless()
    {
        await using var staged = await Store.StageAsync(new MemoryStream("abc"u8.ToArray()), 3, Ct);

        Assert.Equal("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Convert.ToHexString(staged.Sha256));
        Assert.Equal((3, false), (staged.LengthBytes, staged.ExceedsLimit));
        await using (var stream = await staged.OpenAsync(Ct))
            Assert.Equal(3, stream.Length);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Promoted_bytes_have_their_name_and_outlive_the_staged_object()
    {
        await using (var staged = await Store.StageAsync(new MemoryStream([1, 2, 3]), 10, Ct))
            await Store.PromoteAsync(staged, Key, Ct);

        Assert.Equal([1, 2, 3], await ReadAsync(Key));
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task Disposed_staged_bytes_are_gone()
    {
        var staged = await Store.StageAsync(new MemoryStream([1]), 10, Ct);

        await staged.DisposeAsync();

        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task No_more_than_one_byte_past_the_limit_is_read()
    {
        var endless = new EndlessStream();

        await using var staged = await Store.StageAsync(endless, 1_000_000, Ct);

        Assert.True(staged.ExceedsLimit);
        // whole buffers may be asked for; what counts is that reading stops
        Assert.InRange(endless.BytesRead, 1_000_001, 2_000_000);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PromoteAsync(staged, Key, Ct));
    }

    [Fact]
    public async Task A_sender_that_fails_leaves_nothing_and_is_not_called_a_failure_of_the_store()
    {
        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync(Key, new EndlessStream { FailsAfter = 500_000 }, Ct));

        Assert.Null(await Store.StatAsync(Key, Ct));
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.PutAsync(Key, new EndlessStream { After = (500_000, cancellation.Cancel) }, cancellation.Token)
        );

        Assert.Null(await Store.StatAsync(Key, Ct));
        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task Leftovers_are_swept_when_they_are_old_enough()
    {
        await using var staged = await Store.StageAsync(new MemoryStream([1]), 10, Ct);

        Assert.Equal(0, await Store.SweepStagedAsync(TimeSpan.FromHours(1), Ct));
        Assert.Equal(1, await Store.SweepStagedAsync(TimeSpan.FromMinutes(-5), Ct));
    }

    [Fact]
    public async Task A_list_has_the_objects_of_its_prefix()
    {
        string[] keys = ["originals/ab/1", "originals/ac/2", "renditions/ab/1/small.webp", "renditions/ab/10/small.webp"];
        foreach (var key in keys)
            await Store.PutAsync(ObjectKey.Parse(key), new MemoryStream([1, 2]), Ct);

        Assert.Equal(keys, await ListAsync(""));
        Assert.Equal(keys[..2], await ListAsync("originals/"));
        Assert.Equal(keys[2..], await ListAsync("renditions/ab/1"));
        Assert.Equal([keys[2]], await ListAsync("renditions/ab/1/"));
        Assert.Empty(await ListAsync("renditions/zz/"));
    }

    [Fact]
    public async Task Readers_of_an_object_being_replaced_see_a_whole_old_or_a_whole_new_one()
    {
        const int Length = 400_000;
        await Store.PutAsync(Key, Same(0, Length), Ct);
        using var done = new CancellationTokenSource();
        var readers = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        var reads = 0;
                        for (; !done.IsCancellationRequested || reads == 0; reads++)
                        {
                            var bytes = await ReadAsync(Key);
                            Assert.Equal(Length, bytes!.Length);
                            Assert.Equal(-1, bytes.AsSpan().IndexOfAnyExcept(bytes[0]));
                        }
                    },
                    Ct
                )
            )
            .ToList();

        for (byte value = 1; value <= Rounds; value++)
            await Store.PutAsync(Key, Same(value, Length), Ct);

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Many_writers_and_deleters_in_one_place_do_not_disturb_each_other()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(
                        async () =>
                        {
                            var own = ObjectKey.Parse($"renditions/ab/cat/{worker}.webp");
                            for (var round = 0; round < Rounds; round++)
                            {
                                await Store.PutAsync(own, Same((byte)round, 100), Ct);
                                Assert.Equal(100, (await ReadAsync(own))!.Length);
                                await Store.DeleteAsync(own, Ct);
                            }
                        },
                        Ct
                    )
                )
        );

        Assert.Empty(await ListAsync(""));
    }

    protected async Task<byte[]?> ReadAsync(ObjectKey key)
    {
        await using var opened = await Store.OpenAsync(key, Ct);
        if (opened is null)
            return null;
        var bytes = new MemoryStream();
        await opened.Content.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    protected async Task<IEnumerable<string>> ListAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var found in Store.ListAsync(prefix, Ct))
            keys.Add(found.Key.Value);
        return keys.Order(StringComparer.Ordinal);
    }

    private static MemoryStream Same(byte value, int length) => new(Enumerable.Repeat(value, length).ToArray());
}
