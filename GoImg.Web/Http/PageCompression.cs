using System.IO.Compression;
using GoImg.Web.Api;
using Microsoft.AspNetCore.ResponseCompression;

namespace GoImg.Web.Http;

/// <summary>Compresses visitors' pages and the API's JSON. Not members' pages: they hold tokens beside text that others wrote, and how well
/// the two compress together tells one from the other (the BREACH attack). Static files come compressed from the build.</summary>
internal static class PageCompression
{
    public static void AddPageCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "application/problem+json", "application/manifest+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    /// <summary>After authentication.</summary>
    public static void UsePageCompression(this IApplicationBuilder app) =>
        app.UseWhen(http => http.IsApi() || http.User.Identity?.IsAuthenticated != true, open => open.UseResponseCompression());
}
