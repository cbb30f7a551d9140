using System.Text.Encodings.Web;
using System.Text.Json;

namespace GoImg.Web.Apps;

/// <summary>A custom uploader of ShareX: a <c>.sxcu</c> file, which it takes by a double click (https://getsharex.com/docs/custom-uploader).</summary>
internal static class ShareXFile
{
    public const string Name = "goimg.sxcu";

    // The first that knows {json:…}.
    private const string Version = "14.0.1";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(UploadAccess access)
    {
        var site = access.IsNamed ? "" : access.Site;
        return JsonSerializer.Serialize(
            new
            {
                Version,
                Name = new Uri(access.Site).Authority,
                DestinationType = "ImageUploader",
                RequestMethod = "POST",
                RequestURL = access.Address,
                Headers = new { Authorization = "Bearer " + access.Token },
                Body = "MultipartFormData",
                Arguments = new { visibility = access.Visibility },
                FileFormName = "file",
                URL = site + "{json:page}",
                ThumbnailURL = site + "{json:variants.small}",
                ErrorMessage = "{json:detail}",
            },
            Json
        );
    }
}
