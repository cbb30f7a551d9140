using System.Buffers;
using System.IO.Hashing;
using System.Text;
using GoImg.Core.Accounts;
using GoImg.Core.Export;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Archives;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Export;

/// <summary>The zip: <c>README.txt</c>, <c>data/*.json</c>, <c>originals/*</c>, and last <c>manifest.json</c> with what was really written.</summary>
internal sealed class ZipExport(GoImgDbContext db, IObjectStore store, IScratchFiles scratch, IEnumerable<IExportPart> parts, TimeProvider time)
    : IExportArchive
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
        var asOf = time.GetUtcNow();
        var zip = new ZipWriter(output, scratch, asOf);
        var manifest = new ExportManifest(asOf);
        await AddTextAsync("README.txt", file => file.WriteAsync(Encoding.UTF8.GetBytes(Readme), cancellationToken).AsTask());
        foreach (var part in parts)
            await AddTextAsync(
                $"data/{part.Name}.json",
                async file => manifest.Counts[part.Name] = await part.WriteAsync(owner, asOf, file, cancellationToken)
            );
        await AddOriginalsAsync(zip, manifest, owner, asOf, cancellationToken);
        await zip.AddDeflatedAsync("manifest.json", file => manifest.WriteAsync(file, cancellationToken), cancellationToken);
        await zip.FinishAsync(cancellationToken);

        Task AddTextAsync(string name, Func<Stream, Task> write) =>
            zip.AddDeflatedAsync(name, async file => manifest.Files.Add(await HashedAsync(name, file, write)), cancellationToken);
    }

    private async Task AddOriginalsAsync(
        ZipWriter zip,
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

    private async Task AddOriginalAsync(ZipWriter zip, ExportManifest manifest, Image image, CancellationToken cancellationToken)
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
        ExportedFile? written = null;
        await zip.AddStoredAsync(
            NameOf(image),
            original.LengthBytes,
            (uint?)image.Crc32 ?? await ChecksumAsync(image, cancellationToken),
            async file => written = await HashedAsync(NameOf(image), file, copy => CopyAsync(original.Content, copy, cancellationToken)),
            cancellationToken
        );
        manifest.Files.Add(written!);
        if (!written!.Sha256.AsSpan().SequenceEqual(image.Sha256))
            manifest.Damaged.Add(
                new(
                    image.Slug,
                    written.Name,
                    $"The stored file is not what was uploaded, which had the SHA-256 {Convert.ToHexStringLower(image.Sha256)}."
                )
            );
    }

    // Not read yet since it was uploaded: once for its checksum, and then to be sent.
    private async Task<uint> ChecksumAsync(Image image, CancellationToken cancellationToken)
    {
        await using var original = await store.OpenAsync(ImageObjectKeys.Original(image.Id), range: null, cancellationToken);
        var checksum = new Crc32();
        if (original is not null)
            await checksum.AppendAsync(original.Content, cancellationToken);
        return checksum.GetCurrentHashAsUInt32();
    }

    private static async Task<ExportedFile> HashedAsync(string name, Stream file, Func<Stream, Task> write)
    {
        await using var hashed = new HashingStream(file);
        await write(hashed);
        return hashed.Finish(name);
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
