using GoImg.Core.Shared;

namespace GoImg.Web.Api;

/// <summary>What goes wrong before any rule of the domain is asked.</summary>
internal static class ApiErrors
{
    public sealed record InvalidToken() : Error(ErrorKind.Unauthenticated, "api.invalid_token", ApiErrorTexts.InvalidToken);

    public sealed record MissingScope(string Scope) : Error(ErrorKind.Forbidden, "api.missing_scope", ApiErrorTexts.MissingScope.With(Scope));

    public sealed record NotForTokens() : Error(ErrorKind.Forbidden, "api.not_for_tokens", ApiErrorTexts.NotForTokens);

    public sealed record UnknownAddress() : Error(ErrorKind.NotFound, "api.unknown_address", ApiErrorTexts.UnknownAddress);

    public sealed record WrongMethod(string Method) : Error(ErrorKind.Invalid, "api.wrong_method", ApiErrorTexts.WrongMethod.With(Method));

    public sealed record MalformedRequest(string Why) : Error(ErrorKind.Invalid, "api.malformed", Why);

    public sealed record BodyTooLarge() : Error(ErrorKind.TooLarge, "api.body_too_large", ApiErrorTexts.BodyTooLarge);

    public sealed record WrongContentType() : Error(ErrorKind.Unsupported, "api.wrong_content_type", ApiErrorTexts.WrongContentType);

    public sealed record NotAcceptable() : Error(ErrorKind.Invalid, "api.not_acceptable", ApiErrorTexts.NotAcceptable);

    /// <summary>The first request with the key still runs.</summary>
    public sealed record KeyInUse() : Error(ErrorKind.Conflict, "api.idempotency_key_in_use", ApiErrorTexts.KeyInUse);

    public sealed record KeyOfAnother() : Error(ErrorKind.Unprocessable, "api.idempotency_key_of_another", ApiErrorTexts.KeyOfAnother);

    public sealed record Unavailable() : Error(ErrorKind.Unavailable, "api.unavailable", ApiErrorTexts.Unavailable);

    public sealed record Unexpected() : Error(ErrorKind.Broken, "api.unexpected", ApiErrorTexts.Unexpected);
}
