using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Web.Uploads;

/// <summary>What a client got wrong about the protocol, tus 1.0.0 (tus.io/protocols/resumable-upload).</summary>
internal static class TusErrors
{
    public sealed record UnknownVersion()
        : Error(ErrorKind.Invalid, "tus.version", "Send the header Tus-Resumable: 1.0.0. It is the version of the protocol that this server speaks.");

    public sealed record BadHeader(string Header, string Expected) : Error(ErrorKind.Invalid, "tus.header", $"{Header} {Expected}");

    public sealed record WrongContentType()
        : Error(ErrorKind.Unsupported, "tus.content_type", "Send the bytes of an upload as Content-Type: application/offset+octet-stream.");

    public sealed record WrongMethod(string Method)
        : Error(ErrorKind.Invalid, "tus.method", $"An upload takes HEAD, PATCH, DELETE and OPTIONS, not {Method}.");

    public sealed record Forged()
        : Error(ErrorKind.Invalid, "upload.malformed", "The page's token is missing or old. Reload the page and try again.");

    public static Error NotANumber(string header) =>
        new BadHeader(header, string.Create(CultureInfo.InvariantCulture, $"is a number of bytes from 0 to {long.MaxValue}, sent once."));
}
