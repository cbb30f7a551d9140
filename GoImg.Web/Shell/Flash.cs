using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace GoImg.Web.Shell;

/// <summary>One sentence that survives a redirect and is shown once as a toast: "Moved to trash", with a way to undo it.</summary>
/// <param name="Text">What happened.</param>
/// <param name="ActionLabel">The button's word; null for none.</param>
/// <param name="ActionUrl">Posted to, with an antiforgery token. A path of this site.</param>
internal sealed record Flash(string Text, string? ActionLabel = null, string? ActionUrl = null)
{
    private const string CookieName = "flash";
    private const int MaxCookie = 3800;

    // The cookie is base64 and our own; escaping letters would only make it too long for a browser to keep.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With a button that takes it back; null for none.</summary>
    public Flash WithUndo(string? url) => url is null ? this : this with { ActionLabel = ShellTexts.Undo, ActionUrl = url };

    public void Leave(HttpContext http) =>
        http.Response.Cookies.Append(CookieName, WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(this, Json)), Cookie(http));

    /// <summary>What the last request left, taken away with it.</summary>
    public static Flash? Take(HttpContext? http)
    {
        if (http?.Request.Cookies[CookieName] is not { Length: > 0 and < MaxCookie } text)
            return null;

        if (!http.Response.HasStarted)
            http.Response.Cookies.Delete(CookieName, Cookie(http));
        return Read(text);
    }

    // A cookie is the client's text: anything odd is no flash, and an address is used only if it stays here.
    private static Flash? Read(string text)
    {
        try
        {
            var flash = JsonSerializer.Deserialize<Flash>(WebEncoders.Base64UrlDecode(text), Json);
            return flash is { Text: not null } ? flash with { ActionUrl = flash.ActionUrl is null ? null : ReturnUrl.Local(flash.ActionUrl) } : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie(HttpContext http) =>
        new()
        {
            Path = "/",
            MaxAge = TimeSpan.FromMinutes(1),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        };
}
