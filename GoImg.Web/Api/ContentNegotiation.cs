using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Api;

/// <summary>Refuses who takes no JSON where there is nothing else to give (RFC 9110, section 12.5.1).</summary>
internal static class ContentNegotiation
{
    private const string Json = "application/json";

    public static bool AnswersJson(IEnumerable<object> metadata) =>
        metadata
            .OfType<IProducesResponseTypeMetadata>()
            .Any(answer => answer.StatusCode is >= 200 and < 300 && answer.ContentTypes.Contains(Json, StringComparer.OrdinalIgnoreCase));

    /// <summary>After routing.</summary>
    public static void UseContentNegotiation(this IApplicationBuilder app) =>
        app.UseWhen(
            http => http.IsApi(),
            api =>
                api.Use(
                    (http, next) =>
                        http.GetEndpoint() is { } endpoint && AnswersJson(endpoint.Metadata) && !TakesJson(http.Request)
                            ? new ApiErrors.NotAcceptable().ToProblem(http, StatusCodes.Status406NotAcceptable).ExecuteAsync(http)
                            : next(http)
                )
        );

    private static bool TakesJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) || ranges.Count == 0)
            return true;
        return ranges.Any(range =>
            range.Quality != 0
            && range.MediaType.Value is { } type
            && type.ToLowerInvariant() is Json or "application/*" or "*/*" or "application/problem+json"
        );
    }
}
