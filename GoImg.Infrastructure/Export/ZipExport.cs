using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Export;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Export;

/// <summary>The zip: <c>README.txt</c>, <c>data/*.json</c>, <c>originals/*</c>, and last <c>manifest.json</c> with what was really written.</summary>
internal sealed class ZipExport(GoImgDbContext db, IObjectStore store, IEnumerable<IExportPart> parts, TimeProvider time) : IExportArchive
{
    private const int BufferSize = 128 * 1024;
    private const int BatchSize = 500;

    private const string Readme = """
        Everything of one GoImg account.

        originals/      your files, byte for byte as you uploaded them; data/images.json says which is which
        data/*.json     what you wrote: profile, images, albums, comments, likes, settings, and decisions about your content
        manifest.json   size and SHA-256 of every file in here, and what could not be in here and why

        """;

    public static string NameOf(Image image) => $"originals/{image.Slug}.{image.Format.Extension()}";

    public async Task ProbeAsync(MemberId owner, CancellationToken cancellationToken)
    {
        var any = await db.Images.AsNoTracking().Where(i => i.OwnerId == owner).Select(i => (Guid?)i.Id.Value).FirstOrDefaultAsync(cancellationToken);
        if (any is { } id)
            await store.StatAsync(ImageObjectKeys.Original(new ImageId(id)), cancellationToken);
    }

    public async Task WriteAsync(Actor owner, Stream output, CancellationToken cancellationToken)
    {
        await using var target = new WriteBehind(output);
        var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        await FillAsync(zip, owner, cancellationToken);
        // Only now: disposing writes the zip's end, and a torso must not look whole.
        await zip.DisposeAsync();
        await target.FlushAsync(cancellationToken);
    }

    private async Task FillAsync(ZipArchive zip, Actor owner, CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow();
        var manifest = new ExportManifest(asOf);
        await AddAsync(
            zip,
            manifest,
            "README.txt",
            CompressionLevel.Fastest,
            file => file.WriteAsync(Encoding.UTF8.GetBytes(Readme), cancellationToken).AsTask(),
            cancellationToken
        );
        foreach (var part in parts)
        {
            await AddAsync(
                zip,
                manifest,
                $"data/{part.Name}.json",
                CompressionLevel.Fastest,
                async file => manifest.Counts[part.Name] = await part.WriteAsync(owner, asOf, file, cancellationToken),
                cancellationToken
            );
        }

        await AddOriginalsAsync(zip, manifest, owner, asOf, cancellationToken);
        var last = zip.CreateEntry("manifest.json", CompressionLevel.Fastest);
        await using var content = await last.OpenAsync(cancellationToken);
        await manifest.WriteAsync(content, cancellationToken);
    }

    private async Task AddOriginalsAsync(
        ZipArchive zip,
        ExportManifest manifest,
        Actor owner,
        DateTimeOffset asOf,
        CancellationToken cancellationToken
    )
    {
        var after = Guid.Empty;
        while (true)
        {
            var batch = await db.ExportedImages(owner.MemberId!.Value, asOf, after, BatchSize).ToListAsync(cancellationToken);
            foreach (var image in batch)
            {
                after = image.Id.Value;
                if (ImageAccess.CanReadOriginal(owner, image))
                    await AddOriginalAsync(zip, manifest, image, cancellationToken);
                else
                    manifest.Excluded.Add(new(image.Slug, NameOf(image), Reason(image)));
            }

            if (batch.Count < BatchSize)
                return;
        }
    }

    private async Task AddOriginalAsync(ZipArchive zip, ExportManifest manifest, Image image, CancellationToken cancellationToken)
    {
        await using var original = await store.OpenAsync(ImageObjectKeys.Original(image.Id), range: null, cancellationToken);
        if (original is null)
        {
            manifest.Missing.Add(
                new(
                    image.Slug,
                    NameOf(image),
                    $"The stored file is lost. It had {image.SizeBytes} bytes and the SHA-256 {Convert.ToHexStringLower(image.Sha256)}."
                )
            );
            return;
        }

        // Images are compressed already: stored as they are, the zip costs no work and any tool can carve them out.
        var written = await AddAsync(
            zip,
            manifest,
            NameOf(image),
            CompressionLevel.NoCompression,
            file => CopyAsync(original.Content, file, cancellationToken),
            cancellationToken
        );
        if (!written.Sha256.AsSpan().SequenceEqual(image.Sha256))
            manifest.Damaged.Add(
                new(
                    image.Slug,
                    written.Name,
                    $"The stored file is not what was uploaded, which had the SHA-256 {Convert.ToHexStringLower(image.Sha256)}."
                )
            );
    }

    private static async Task<ExportedFile> AddAsync(
        ZipArchive zip,
        ExportManifest manifest,
        string name,
        CompressionLevel compression,
        Func<Stream, Task> write,
        CancellationToken cancellationToken
    )
    {
        ExportedFile file;
        await using (var content = await zip.CreateEntry(name, compression).OpenAsync(cancellationToken))
        {
            await using var counted = new HashingStream(content);
            await write(counted);
            file = counted.Finish(name);
        }

        manifest.Files.Add(file);
        return file;
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken)) > 0)
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Reason(Image image) =>
        image.State == ImageState.Quarantined ? $"Quarantined: {image.FailureReason}" : "This file can't be taken out.";
}

internal sealed record ExportedFile(string Name, long SizeBytes, byte[] Sha256);

/// <summary>Passes bytes on while it counts and hashes them.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public ExportedFile Finish(string name) => new(name, _length, _hash.GetHashAndReset());

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        _length += buffer.Length;
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() { }

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The response takes asynchronous writes only.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
