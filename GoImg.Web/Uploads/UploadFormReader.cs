using System.Text;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Images;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Uploads;

/// <summary>A multipart form with files, read part by part as it arrives: files go straight on, whatever their size, and only the short
/// text fields are held. (<c>ReadFormAsync</c> would write every file to the disk twice.)</summary>
internal sealed class UploadFormReader
{
    // Far more than the fields there are; a form of thousands of parts is an attack.
    private const int MaxParts = 64;
    private const int MaxFieldBytes = 16 * 1024;

    // What a form may carry beside its files: fields, boundaries and part headers.
    private const long OverheadBytes = 64 * 1024;

    // All of it that need not be the file: the reader takes as much of a part's headers as we do of a field.
    private const long MaxBesideBytes = MaxParts * 2L * MaxFieldBytes;

    private static readonly string[] SingleFields = ["title", "description", "alt_text", "visibility", "content_rating", "album_id"];

    // The reader hands out what its buffer holds: with its own 4 KiB a photo would be hundreds of writes and as many changes of thread.
    private const int BufferBytes = 64 * 1024;

    private readonly MultipartReader _reader;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);
    private int _parts;

    private UploadFormReader(MultipartReader reader) => _reader = reader;

    /// <summary>What its one file has at least, by the length of the request; null when that says nothing.</summary>
    public long? LeastFileBytes { get; private init; }

    /// <summary>Null when the request is not a multipart form. Sets the connection's limits for <paramref name="files"/> files of the largest size.</summary>
    public static UploadFormReader? Open(HttpContext http, ImageLimits limits, int files = 1)
    {
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
            return null;

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = (limits.MaxFileBytes * files) + OverheadBytes;
        // A sender slower than this holds a connection for hours on purpose, or would be better served by a resumable upload.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(bytesPerSecond: 2048, gracePeriod: TimeSpan.FromSeconds(10));
        return new UploadFormReader(new MultipartReader(boundary, http.Request.Body, BufferBytes))
        {
            LeastFileBytes = files == 1 && http.Request.ContentLength - MaxBesideBytes is > 0 and var least ? least : null,
        };
    }

    /// <summary>A text field that has arrived so far; null when it has not.</summary>
    public string? Field(string name) => _fields.GetValueOrDefault(name);

    /// <summary>The next file, to be read before anything else of the form; null at the form's end. Throws what
    /// <see cref="UploadFormErrors"/> explains.</summary>
    public async Task<IncomingFile?> NextFileAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (++_parts > MaxParts)
                throw new UnreadableFormException(UploadRequestTexts.TooManyParts.With(MaxParts));
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                throw new UnreadableFormException(UploadRequestTexts.NamelessPart);

            if (disposition.IsFileDisposition())
            {
                if (NameOf(disposition) is { Length: > 0 } fileName)
                    return new IncomingFile(part.Body, fileName);
                // Else a file field that no one put a file in: browsers send it empty.
            }
            else if (HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
                // A file without a name, as `curl -F 'file=<a.jpg'` sends it.
                return new IncomingFile(part.Body, "");
            else
                await ReadFieldAsync(disposition, part.Body, cancellationToken);
        }

        return null;
    }

    /// <summary>The details, once the whole form has been read. One more file is an error: one request, one image.</summary>
    public async Task<Result<ImageDetails>> ReadDetailsAsync(CancellationToken cancellationToken) =>
        await NextFileAsync(cancellationToken) is null ? Details() : new ValidationFailed("file", UploadRequestTexts.SeveralFiles);

    /// <summary>The details by the fields that have arrived.</summary>
    public Result<ImageDetails> Details() =>
        _repeated.Count > 0
            ? new ValidationFailed([.. _repeated.Select(name => new FieldError(name, UploadRequestTexts.FieldTwice.With(name)))])
            : ImageDetailsFields.Details(Field);

    /// <summary>The album by the fields that have arrived; null when they name none.</summary>
    public Result<Guid?> Album() => ImageDetailsFields.Album(Field);

    private async Task ReadFieldAsync(ContentDispositionHeaderValue disposition, Stream body, CancellationToken cancellationToken)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        var buffer = new byte[MaxFieldBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxFieldBytes)
            throw new UnreadableFormException(UploadRequestTexts.LongField.With(MaxFieldBytes / 1024));

        var text = Encoding.UTF8.GetString(buffer, 0, length);
        if (_fields.TryAdd(name, text))
            return;
        // Several boxes of tags are one list; which of two titles was meant, no one can tell.
        if (name == "tags")
            _fields[name] += "," + text;
        else if (SingleFields.Contains(name))
            _repeated.Add(name);
    }

    // In filename browsers write three characters percent-encoded, and no others (HTML, "multipart form data").
    private static string? NameOf(ContentDispositionHeaderValue disposition) =>
        disposition.FileNameStar.HasValue
            ? disposition.FileNameStar.Value
            : HeaderUtilities
                .RemoveQuotes(disposition.FileName)
                .Value?.Replace("%22", "\"", StringComparison.Ordinal)
                .Replace("%0D", "\r", StringComparison.Ordinal)
                .Replace("%0A", "\n", StringComparison.Ordinal);
}

/// <summary>One file of a form; <paramref name="Content"/> can be read once.</summary>
internal sealed record IncomingFile(Stream Content, string Name);
