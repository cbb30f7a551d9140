using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Archives;

/// <summary>Writes a zip to a stream that can't be rewound, with size and CRC-32 of each file before its bytes: readers that take a zip as it comes ask
/// for that. With Zip64 where a size or a place needs it (PKWARE's APPNOTE 6.3.10). Not for several threads.</summary>
/// <param name="output">Written to asynchronously alone. Stays open.</param>
internal sealed class ZipWriter(Stream output, IScratchFiles scratch, DateTimeOffset at)
{
    private const ushort Stored = 0;
    private const ushort Deflated = 8;
    private const ushort Utf8Names = 1 << 11;
    private const ushort Zip64Version = 45;
    private const ushort PlainVersion = 20;
    private const ushort MadeByUnix = 3 << 8 | Zip64Version;
    private const ushort In64 = ushort.MaxValue;
    private const uint Elsewhere = uint.MaxValue;

    // A regular file that its owner may write and all may read.
    private const uint Attributes = 0x81A4u << 16;

    private readonly List<Entry> _entries = [];
    private long _written;

    /// <summary>A file that is stored as it is.</summary>
    /// <param name="lengthBytes">Of what is written. Bytes beyond are left out and missing ones are zeros, so that the files behind it can be read.</param>
    /// <param name="crc32">Of the same. When the bytes are others, readers say that this file is damaged.</param>
    public async Task AddStoredAsync(string name, long lengthBytes, uint crc32, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        await StartAsync(new Entry(name, Stored, crc32, lengthBytes, lengthBytes, _written), cancellationToken);
        await using var content = new EntryStream(output, lengthBytes);
        await write(content);
        await content.FillAsync(cancellationToken);
        _written += lengthBytes;
    }

    /// <summary>A file that gets smaller, such as text. It lies in a scratch file until its size is known.</summary>
    public async Task AddDeflatedAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        await using var compressed = scratch.CreateFile();
        await using var content = new EntryStream(new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true), long.MaxValue);
        await write(content);
        await content.CloseAsync();

        await StartAsync(new Entry(name, Deflated, content.Crc32, compressed.Length, content.Length, _written), cancellationToken);
        compressed.Position = 0;
        await compressed.CopyToAsync(output, cancellationToken);
        _written += compressed.Length;
    }

    /// <summary>The directory at the end, without which nothing takes it for a zip: a torso must not look whole.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var start = _written;
        foreach (var entry in _entries)
            await WriteAsync(Directory(entry), cancellationToken);
        await WriteAsync(End(start, _written - start), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private async Task StartAsync(Entry entry, CancellationToken cancellationToken)
    {
        _entries.Add(entry);
        var is64 = entry.IsLarge;
        var header = new Record(0x04034B50);
        WriteCommon(header, entry, is64);
        header.Add16(is64 ? 20 : 0);
        header.Add(Encoding.UTF8.GetBytes(entry.Name));
        if (is64)
            header.Add16(1).Add16(16).Add64(entry.LengthBytes).Add64(entry.StoredBytes);
        await WriteAsync(header, cancellationToken);
    }

    private Record Directory(Entry entry)
    {
        var isFar = entry.Start >= Elsewhere;
        var is64 = entry.IsLarge || isFar;
        var record = new Record(0x02014B50).Add16(MadeByUnix);
        WriteCommon(record, entry, is64);
        // extra field, comment, disk, attributes of its own
        record.Add16(is64 ? 28 : 0).Add16(0).Add16(0).Add16(0).Add32(Attributes).Add32(is64 ? Elsewhere : (uint)entry.Start);
        record.Add(Encoding.UTF8.GetBytes(entry.Name));
        if (is64)
            record.Add16(1).Add16(24).Add64(entry.LengthBytes).Add64(entry.StoredBytes).Add64(entry.Start);
        return record;
    }

    /// <summary>What stands both before a file and in the directory: from the version that reads it to the length of its name.</summary>
    private void WriteCommon(Record record, Entry entry, bool is64) =>
        record
            .Add16(is64 ? Zip64Version : PlainVersion)
            .Add16(Utf8Names)
            .Add16(entry.Method)
            .Add16(at.Hour << 11 | at.Minute << 5 | at.Second / 2)
            .Add16(Math.Clamp(at.Year - 1980, 0, 127) << 9 | at.Month << 5 | at.Day)
            .Add32(entry.Crc32)
            .Add32(is64 ? Elsewhere : (uint)entry.StoredBytes)
            .Add32(is64 ? Elsewhere : (uint)entry.LengthBytes)
            .Add16(Encoding.UTF8.GetByteCount(entry.Name));

    private Record End(long start, long lengthBytes)
    {
        var is64 = _entries.Count >= In64 || start >= Elsewhere || lengthBytes >= Elsewhere;
        var record = new Record();
        if (is64)
            record
                .Add32(0x06064B50)
                .Add64(44)
                .Add16(MadeByUnix)
                .Add16(Zip64Version)
                .Add32(0)
                .Add32(0)
                .Add64(_entries.Count)
                .Add64(_entries.Count)
                .Add64(lengthBytes)
                .Add64(start)
                .Add32(0x07064B50)
                .Add32(0)
                .Add64(start + lengthBytes)
                .Add32(1);
        var count = is64 ? In64 : _entries.Count;
        return record
            .Add32(0x06054B50)
            .Add16(0)
            .Add16(0)
            .Add16(count)
            .Add16(count)
            .Add32(is64 ? Elsewhere : (uint)lengthBytes)
            .Add32(is64 ? Elsewhere : (uint)start)
            .Add16(0);
    }

    private async Task WriteAsync(Record record, CancellationToken cancellationToken)
    {
        await output.WriteAsync(record.Bytes, cancellationToken);
        _written += record.Bytes.Length;
    }

    private sealed record Entry(string Name, ushort Method, uint Crc32, long StoredBytes, long LengthBytes, long Start)
    {
        public bool IsLarge => StoredBytes >= Elsewhere || LengthBytes >= Elsewhere;
    }

    /// <summary>Numbers of a zip, the lowest byte first.</summary>
    private sealed class Record
    {
        private readonly MemoryStream _bytes = new();

        public Record() { }

        public Record(uint signature) => Add32(signature);

        public ReadOnlyMemory<byte> Bytes => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

        public Record Add16(int value)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
            return Add(bytes);
        }

        public Record Add32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            return Add(bytes);
        }

        public Record Add64(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            return Add(bytes);
        }

        public Record Add(ReadOnlySpan<byte> bytes)
        {
            _bytes.Write(bytes);
            return this;
        }
    }
}
