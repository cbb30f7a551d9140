using GoImg.Core.Shared;

namespace GoImg.Web.Uploads;

/// <summary>What a client got wrong about the protocol, tus 1.0.0 (tus.io/protocols/resumable-upload).</summary>
internal static class TusErrors
{
    public sealed record UnknownVersion() : Error(ErrorKind.Invalid, "tus.version", UploadRequestTexts.TusVersion);

    public sealed record BadHeader(string Expected) : Error(ErrorKind.Invalid, "tus.header", Expected);

    public sealed record WrongContentType() : Error(ErrorKind.Unsupported, "tus.content_type", UploadRequestTexts.TusContentType);

    public sealed record WrongMethod(string Method) : Error(ErrorKind.Invalid, "tus.method", UploadRequestTexts.TusMethod.With(Method));

    public sealed record Forged() : Error(ErrorKind.Invalid, "upload.malformed", UploadRequestTexts.TusForged);

    public static Error NotANumber(string header) => new BadHeader(UploadRequestTexts.TusNumber.With(header, long.MaxValue));
}
