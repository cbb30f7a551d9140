using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Archives;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Archives;

public sealed class ZipWriterTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 30, 13, 14, 16, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_read_from_its_beginning_and_from_its_end_alike()
    {
        var picture = new Noise(4).Bytes(70_000);
        var words = string.Concat(Enumerable.Repeat("Words that get smaller. ", 400));

        var zip = await WriteAsync(async writer =>
        {
            await AddAsync(writer, "originals/ü 写真.jpg", picture);
            await writer.AddDeflatedAsync("data/words.json", file => file.WriteAsync(Encoding.UTF8.GetBytes(words), Token).AsTask(), Token);
            await AddAsync(writer, "empty", []);
        });

        (string Name, byte[] Content)[] wanted =
        [
            ("originals/ü 写真.jpg", picture),
            ("data/words.json", Encoding.UTF8.GetBytes(words)),
            ("empty", []),
        ];
        Assert.Equal(wanted, ReadFromItsBeginning(zip));
        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(wanted.Select(w => w.Name), archive.Entries.Select(entry => entry.FullName));
        foreach (var (entry, (_, content)) in archive.Entries.Zip(wanted))
            Assert.Equal(content, Read(entry));
        Assert.All(archive.Entries, entry => Assert.Equal(Moment.DateTime, entry.LastWriteTime.DateTime));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_file_that_turns_out_shorter_or_longer_than_it_was_said_to_be_harms_no_other(int lengthBytes)
    {
        var picture = Enumerable.Range(0, lengthBytes).Select(i => (byte)i).ToArray();

        var zip = await WriteAsync(async writer =>
        {
            await writer.AddStoredAsync("damaged", 100, 0x1234, file => file.WriteAsync(picture, Token).AsTask(), Token);
            await AddAsync(writer, "whole", "all of it"u8.ToArray());
        });

        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(100, archive.GetEntry("damaged")!.Length);
        Assert.Equal(picture.Concat(new byte[20]).Take(100), Read(archive.GetEntry("damaged")!));
        Assert.Equal("all of it"u8, Read(archive.GetEntry("whole")!));
    }

    [Fact]
    public async Task There_is_room_for_more_files_than_a_plain_zip_can_have()
    {
        const int files = 70_000;

        var zip = await WriteAsync(async writer =>
        {
            for (var i = 0; i < files; i++)
                await AddAsync(writer, $"f{i}", [1]);
        });

        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(files, archive.Entries.Count);
        Assert.Equal([1], Read(archive.GetEntry($"f{files - 1}")!));
    }

    [Fact]
    public async Task Files_and_places_behind_four_gibibytes_are_found()
    {
        const long length = (4L << 30) + 10;
        await using var zip = new SparseStream();
        var writer = new ZipWriter(zip, new MemoryScratch(), Moment);
        await writer.AddStoredAsync("large", length, 0, _ => Task.CompletedTask, Token);
        await AddAsync(writer, "far", "away"u8.ToArray());
        await writer.FinishAsync(Token);

        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        Assert.Equal(length, archive.GetEntry("large")!.Length);
        Assert.Equal("away"u8, Read(archive.GetEntry("far")!));
    }

    private static async Task<byte[]> WriteAsync(Func<ZipWriter, Task> write)
    {
        using var zip = new MemoryStream();
        var writer = new ZipWriter(zip, new MemoryScratch(), Moment);
        await write(writer);
        await writer.FinishAsync(Token);
        return zip.ToArray();
    }

    private static Task AddAsync(ZipWriter writer, string name, byte[] content) =>
        writer.AddStoredAsync(name, content.Length, Crc32.HashToUInt32(content), file => file.WriteAsync(content, Token).AsTask(), Token);

    /// <summary>As readers do that take a zip as it comes: by what stands before each file, and never by the directory at the end.</summary>
    internal static List<(string Name, byte[] Content)> ReadFromItsBeginning(ReadOnlySpan<byte> zip)
    {
        var files = new List<(string, byte[])>();
        while (BinaryPrimitives.ReadUInt32LittleEndian(zip) == 0x04034B50)
        {
            var (flags, method) = (BinaryPrimitives.ReadUInt16LittleEndian(zip[6..]), BinaryPrimitives.ReadUInt16LittleEndian(zip[8..]));
            var (stored, length) = (BinaryPrimitives.ReadInt32LittleEndian(zip[18..]), BinaryPrimitives.ReadInt32LittleEndian(zip[22..]));
            var (name, extra) = (BinaryPrimitives.ReadUInt16LittleEndian(zip[26..]), BinaryPrimitives.ReadUInt16LittleEndian(zip[28..]));
            // bit 3: sizes and checksum come behind the file
            Assert.Equal(0, flags & 8);
            var content = zip.Slice(30 + name + extra, stored).ToArray();
            if (method == 8)
            {
                using var inflated = new MemoryStream();
                using (var deflate = new DeflateStream(new MemoryStream(content), CompressionMode.Decompress))
                    deflate.CopyTo(inflated);
                content = inflated.ToArray();
            }

            Assert.Equal(length, content.Length);
            Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(zip[14..]), Crc32.HashToUInt32(content));
            files.Add((Encoding.UTF8.GetString(zip.Slice(30, name)), content));
            zip = zip[(30 + name + extra + stored)..];
        }

        return files;
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class MemoryScratch : IScratchFiles
    {
        public Stream CreateFile() => new MemoryStream();
    }

    /// <summary>Keeps what is not zero.</summary>
    private sealed class SparseStream : Stream
    {
        private readonly SortedDictionary<long, byte[]> _blocks = [];
        private long _length;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (buffer.AsSpan(offset, count).ContainsAnyExcept((byte)0))
                _blocks[Position] = buffer[offset..(offset + count)];
            Position += count;
            _length = Math.Max(_length, Position);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.ToArray(), 0, buffer.Length);
            return ValueTask.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _length - Position);
            Array.Clear(buffer, offset, read);
            foreach (var (start, block) in _blocks)
            {
                var (from, to) = (Math.Max(start, Position), Math.Min(start + block.Length, Position + read));
                if (from < to)
                    block.AsSpan((int)(from - start), (int)(to - from)).CopyTo(buffer.AsSpan(offset + (int)(from - Position)));
            }

            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position =
                offset
                + (
                    origin == SeekOrigin.Begin ? 0
                    : origin == SeekOrigin.End ? _length
                    : Position
                );

        public override void Flush() { }

        public override void SetLength(long value) => _length = value;
    }
}
