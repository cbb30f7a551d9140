using System.IO.Compression;
using System.Security.Cryptography;

namespace GoImg.Web.Hosting;

/// <summary>Blazor's client script out of this assembly, where build/BlazorScript.targets put it. Where the framework brings its own,
/// nothing is embedded and the static assets serve it.</summary>
internal static class BlazorScript
{
    private const string Path = "/_framework/blazor.web.js";

    // Read and squeezed once: the script is the same for everyone and as long as the process lives.
    private static readonly Lazy<Encoded?> Script = new(Read);

    /// <summary>With a version in it, so that it can be kept for a year.</summary>
    public static string Url => Script.Value is { } script ? $"{Path}?v={script.Version}" : Path;

    public static void MapBlazorScript(this IEndpointRouteBuilder routes)
    {
        if (Script.Value is { } script)
            routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], (HttpContext http) => script.Answer(http)).AllowAnonymous().DisableHttpMetrics();
    }

    private static Encoded? Read()
    {
        using var resource = typeof(BlazorScript).Assembly.GetManifestResourceStream("blazor.web.js");
        if (resource is null)
            return null;

        var plain = new byte[resource.Length];
        resource.ReadExactly(plain);
        return new(plain, Convert.ToHexStringLower(SHA256.HashData(plain))[..16]);
    }

    private sealed record Encoded(byte[] Plain, string Version)
    {
        private readonly Lazy<byte[]> _brotli = new(() => Squeeze(Plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        private readonly Lazy<byte[]> _gzip = new(() => Squeeze(Plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        public IResult Answer(HttpContext http)
        {
            var accepted = http.Request.Headers.AcceptEncoding.ToString();
            var (bytes, encoding) = accepted.Contains("br", StringComparison.Ordinal) ? (_brotli.Value, "br")
                : accepted.Contains("gzip", StringComparison.Ordinal) ? (_gzip.Value, "gzip")
                : (Plain, null);

            http.Response.Headers.Vary = "Accept-Encoding";
            http.Response.Headers.ContentEncoding = encoding;
            http.Response.Headers.CacheControl = http.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
            return Results.Bytes(bytes, "text/javascript; charset=utf-8", entityTag: new($"\"{Version}-{encoding ?? "id"}\""));
        }

        private static byte[] Squeeze(byte[] plain, Func<Stream, Stream> encoder)
        {
            using var to = new MemoryStream();
            using (var encoding = encoder(to))
                encoding.Write(plain);
            return to.ToArray();
        }
    }
}
