using System.Text;
using GoImg.Core.Albums;
using GoImg.Core.Shared;
using GoImg.Core.Uploads;
using GoImg.Web.Images;

namespace GoImg.Web.Uploads;

/// <summary>The header Upload-Metadata: <c>key base64, key base64, …</c>. GoImg reads filename (or name), title, description, alt_text, tags,
/// visibility, content_rating and album_id, in the form's words; others are kept for the client and mean nothing here.</summary>
internal static class TusMetadata
{
    public const string Header = "Upload-Metadata";

    private const int MaxPairs = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Result<NewUpload> Read(long lengthBytes, string header)
    {
        var pairs = Parse(header);
        if (pairs.Error is { } malformed)
            return malformed;

        string? Field(string name) => pairs.Value.GetValueOrDefault(name);
        var details = ImageDetailsFields.Details(Field);
        if (details.Error is { } unfit)
            return unfit;
        var album = ImageDetailsFields.Album(Field);
        if (album.Error is { } unreadable)
            return unreadable;

        return new NewUpload(lengthBytes, Field("filename") ?? Field("name"), details.Value, album.Value is { } id ? new AlbumId(id) : null, header);
    }

    private static Result<Dictionary<string, string>> Parse(string header)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header.Length == 0)
            return pairs;

        foreach (var pair in header.Split(','))
        {
            // A value may be empty, and then the space before it may be missing.
            var (key, value) = pair.Trim(' ').Split(' ') switch
            {
                [var k] => (k, ""),
                [var k, var v] => (k, v),
                _ => ("", ""),
            };
            if (
                key.Length == 0
                || pairs.Count == MaxPairs
                || !key.All(c => c is > ' ' and < (char)0x7F)
                || Decode(value) is not { } text
                || !pairs.TryAdd(key, text)
            )
                return new TusErrors.BadHeader(UploadRequestTexts.TusMetadata.With(Header, MaxPairs));
        }

        return pairs;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
            return null;
        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
