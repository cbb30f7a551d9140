using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Uploads;
using GoImg.Web.Api;
using GoImg.Web.Images;

namespace GoImg.Web.Uploads;

/// <summary>The headers of answers.</summary>
internal static class TusResponse
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,termination,checksum,expiration";

    public static IResult Capabilities(HttpResponse response, ImageLimits limits)
    {
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = Extensions;
        response.Headers["Tus-Max-Size"] = Number(limits.MaxFileBytes);
        response.Headers["Tus-Checksum-Algorithm"] = TusChecksumHeader.Algorithms;
        return TypedResults.NoContent();
    }

    public static IResult Problem(HttpContext http, Error error)
    {
        if (error is TusErrors.UnknownVersion)
            http.Response.Headers["Tus-Version"] = Version;
        if (error is UploadErrors.WrongOffset at)
            http.Response.Headers["Upload-Offset"] = Number(at.OffsetBytes);
        return error.ToProblem(http, TusStatus.Of(error));
    }

    /// <summary>How far it is and until when it is kept; and once it is finished, which image it became.</summary>
    public static void Write(HttpResponse response, UploadStatus standing)
    {
        var upload = standing.Upload;
        response.Headers["Upload-Offset"] = Number(upload.OffsetBytes);
        // RFC 9110, 5.6.7
        response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (upload.ImageId is not { } image)
            return;

        response.Headers["GoImg-Image-Id"] = image.ToString();
        response.Headers["GoImg-Image-Duplicate"] = upload.IsDuplicate || standing.Outcome is { IsDuplicate: true } ? "true" : "false";
        if (standing.Outcome is { } outcome)
        {
            response.Headers["GoImg-Image-Page"] = response.HttpContext.RequestServices.GetRequiredService<IImageUrls>().Page(outcome.Slug);
            response.Headers["GoImg-Image-State"] = StateOf(outcome.State);
        }
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // As the API writes it in JSON.
    private static string StateOf(ImageState state) => state.ToString().ToLowerInvariant();
}
