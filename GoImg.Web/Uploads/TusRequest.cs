using System.Globalization;
using GoImg.Core.Shared;
using GoImg.Core.Uploads;
using Microsoft.AspNetCore.Http.Features;

namespace GoImg.Web.Uploads;

/// <summary>What a request brings.</summary>
internal static class TusRequest
{
    private const string BytesType = "application/offset+octet-stream";

    /// <summary>A count of bytes: digits and nothing else. Null for anything else, also for a header that was sent twice.</summary>
    public static long? Number(string? header) =>
        long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Extensions that would change what a creation means, taken for nothing, would make something else of the client's file.</summary>
    public static Error? Unsupported(HttpContext http) =>
        http.Request.Headers switch
        {
            var h when h.ContainsKey("Upload-Defer-Length") => new TusErrors.BadHeader(UploadRequestTexts.TusDeferLength.With("Upload-Defer-Length")),
            var h when h.ContainsKey("Upload-Concat") => new TusErrors.BadHeader(UploadRequestTexts.TusConcat.With("Upload-Concat")),
            _ => null,
        };

    /// <summary>The bytes that came with the creation of an upload; null when none did.</summary>
    public static Result<UploadBody?> FirstBytes(HttpContext http, string? checksum)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
            return new Result<UploadBody?>();
        var bytes = Bytes(http, offsetBytes: 0, checksum);
        return bytes.Error is { } error ? error : bytes.Value;
    }

    public static Result<UploadBody> Bytes(HttpContext http, long offsetBytes, string? checksum)
    {
        if (!string.Equals(http.Request.ContentType, BytesType, StringComparison.OrdinalIgnoreCase))
            return new TusErrors.WrongContentType();
        var sum = TusChecksumHeader.Read(checksum ?? "");
        if (sum.Error is { } malformed)
            return malformed;

        // Bounded below by what the upload lacks; a body is read no further than one byte past it.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return new UploadBody(http.Request.Body, offsetBytes, http.Request.ContentLength, sum.Value);
    }
}
