using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Web.Uploads;

/// <summary>What a sender did wrong while its form was read, as errors.</summary>
internal static class UploadFormErrors
{
    public sealed record NotAForm() : Error(ErrorKind.Unsupported, "upload.not_a_form", UploadRequestTexts.NotAForm);

    public sealed record BrokenOff() : Error(ErrorKind.Invalid, "upload.broken_off", UploadRequestTexts.BrokenOff);

    public sealed record Malformed(string What) : Error(ErrorKind.Invalid, "upload.malformed", UploadRequestTexts.Malformed.With(What));

    public sealed record NoFile() : Error(ErrorKind.Invalid, "upload.no_file", UploadRequestTexts.NoFile);

    public sealed record TooSlow() : Error(ErrorKind.Invalid, "upload.too_slow", UploadRequestTexts.TooSlow);

    /// <summary>Null for a fault that is not the sender's.</summary>
    public static Error? Explain(Exception fault, ImageLimits limits) =>
        fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ImageFileErrors.TooManyBytes(limits.MaxFileBytes),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new TooSlow(),
            BadHttpRequestException => new BrokenOff(),
            UnreadableFormException odd => new Malformed(odd.Message),
            // The reader's own words name its settings, not the sender's mistake.
            InvalidDataException => new Malformed(UploadRequestTexts.NotMultipart),
            IOException => new BrokenOff(),
            _ => null,
        };
}

/// <summary>A form that breaks a limit of ours; <paramref name="what"/> goes on from “The form can't be read:”, with the next step.</summary>
internal sealed class UnreadableFormException(string what) : Exception(what);
