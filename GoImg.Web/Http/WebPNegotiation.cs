using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Http;

/// <summary>Whether a client takes WebP, by its Accept header (RFC 9110, section 12.5.1).</summary>
internal static class WebPNegotiation
{
    /// <summary>Yes unless the header names types and WebP is not among them, or is refused with <c>q=0</c>. The most specific range decides.</summary>
    public static bool AcceptsWebP(this HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) || ranges.Count == 0)
            return true;

        var best = ranges
            .Where(r => r.MediaType.Value is "image/webp" or "image/*" or "*/*")
            .MaxBy(r =>
                r switch
                {
                    { MatchesAllTypes: true } => 0,
                    { MatchesAllSubTypes: true } => 1,
                    _ => 2,
                }
            );
        return best is not null && best.Quality != 0;
    }
}
