using GoImg.Core.Shared;

namespace GoImg.Web.Api;

/// <summary>What goes wrong before any rule of the domain is asked.</summary>
internal static class ApiErrors
{
    public sealed record InvalidToken()
        : Error(
            ErrorKind.Unauthenticated,
            "api.invalid_token",
            "The access token is expired, revoked or not from here. Refresh it or sign in again."
        );

    public sealed record UnknownAddress()
        : Error(ErrorKind.NotFound, "api.unknown_address", "The API has no such address. /openapi/v1.json lists all there are.");

    public sealed record WrongMethod(string Method)
        : Error(ErrorKind.Invalid, "api.wrong_method", $"This address does not take {Method}. /openapi/v1.json says what it takes.");

    public sealed record MalformedRequest(string Why) : Error(ErrorKind.Invalid, "api.malformed", Why);

    public sealed record BodyTooLarge() : Error(ErrorKind.TooLarge, "api.body_too_large", "The body is larger than this address takes.");

    public sealed record WrongContentType() : Error(ErrorKind.Unsupported, "api.wrong_content_type", "Send the body as application/json.");

    public sealed record Unavailable()
        : Error(ErrorKind.Unavailable, "api.unavailable", "The server can't reach its database right now. Try again in a few seconds.");

    public sealed record Unexpected()
        : Error(
            ErrorKind.Broken,
            "api.unexpected",
            "Something broke on our side; your request is not to blame. Try again, and if it stays, quote the traceId of this answer to the site's admin."
        );
}
