using System.Runtime.CompilerServices;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Core.Albums;

/// <summary>An album as one zip: the originals for its owner, and for others the <see cref="DownloadCopy"/> of each image whose owner allows it.</summary>
public sealed class DownloadAlbum(IAlbumQueries albums, ImageContentReader content, RenditionJobs jobs)
{
    private const int Batch = 100;

    /// <summary>Has copies made that are not there yet, a hundred at a time, and says how far that is. In an album of thousands as far as it looked.</summary>
    public async Task<AlbumCopies> PrepareAsync(Actor actor, AlbumView album, CancellationToken cancellationToken)
    {
        var (ready, missing) = (0, 0);
        if (actor.Is(album.OwnerId))
            return new AlbumCopies(album.Images, missing);

        await foreach (var file in FilesAsync(actor, album, cancellationToken))
        {
            if (IsReady(file))
            {
                ready++;
                continue;
            }

            await jobs.PassOnAsync(file, "download", new MakeDownloadJob(file.Id), cancellationToken);
            if (++missing == Batch)
                break;
        }

        return new AlbumCopies(ready, missing);
    }

    /// <summary>Its files in the album's order, under names of their own. The receiver disposes each before it asks for the next. What can't be had has an error.</summary>
    public async IAsyncEnumerable<AlbumFile> OpenAsync(Actor actor, AlbumView album, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var file in FilesAsync(actor, album, cancellationToken))
        {
            var format = file.CanReadOriginal
                ? file.Format
                : file.Renditions.Select(DownloadCopy.FormatOf).FirstOrDefault(f => f is not null) ?? file.Format;
            yield return new AlbumFile(NameOf(file, format, names), () => OpenAsync(file, cancellationToken));
        }
    }

    private async Task<Result<Stream>> OpenAsync(ImageFile file, CancellationToken cancellationToken)
    {
        if (file.CanReadOriginal)
            return await content.OriginalAsync(file, cancellationToken);
        var copy = await content.DownloadAsync(file, cancellationToken);
        return copy.IsSuccess ? copy.Value.Content : copy.Error!;
    }

    private async IAsyncEnumerable<ImageFile> FilesAsync(Actor actor, AlbumView album, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Cursor? next = null;
        do
        {
            var page = await albums.FilesAsync(actor, album, next, Batch, cancellationToken);
            foreach (var file in page.Items.Where(file => file.CanReadOriginal || file.CanDownload))
                yield return file;
            next = page.Next;
        } while (next is not null);
    }

    private static bool IsReady(ImageFile file) => file.CanReadOriginal || file.Renditions.Any(DownloadCopy.IsOne);

    private static string NameOf(ImageFile file, ImageFormat format, HashSet<string> taken)
    {
        var ending = "." + format.Extension();
        var name = FileName.OfTitle(file.FileName is { } own ? Path.GetFileNameWithoutExtension(own) : file.Title, ending);
        // The number goes behind what was cut, or long names that begin alike would stay alike.
        var start = name[..^ending.Length];
        for (var number = 2; !taken.Add(name); number++)
            name = $"{start} ({number}){ending}";
        return name;
    }
}

/// <summary>Of the images that may be downloaded.</summary>
public sealed record AlbumCopies(int Ready, int Missing);

/// <param name="OpenAsync">Its bytes, as often as it is called; the receiver disposes them.</param>
public sealed record AlbumFile(string Name, Func<Task<Result<Stream>>> OpenAsync);

/// <summary>Writes an album's files into a zip, as they come.</summary>
public interface IAlbumArchive
{
    /// <summary>What can't be had is named in a text among them.</summary>
    /// <param name="output">Written to asynchronously alone.</param>
    Task WriteAsync(IAsyncEnumerable<AlbumFile> files, Stream output, CancellationToken cancellationToken);
}
