namespace GoImg.Core.Shared;

/// <summary>How an expected failure is answered; the API maps it to a status, pages to a sentence.</summary>
public enum ErrorKind
{
    Invalid,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,

    /// <summary>The asker made a condition, and it does not hold.</summary>
    PreconditionFailed,
    TooLarge,
    Unsupported,
    Unprocessable,
    TooMany,
    StorageFull,
    Unavailable,

    /// <summary>A defect of ours: the request may be fine and is not what has to change.</summary>
    Broken,
}

/// <summary>An expected failure. <paramref name="Code"/> is stable and documented; <paramref name="Message"/> is a whole sentence
/// that is safe to show anyone: what went wrong, the limit, and what to do next.</summary>
public abstract record Error(ErrorKind Kind, string Code, string Message);

/// <summary>One field's problem, named as the API names the field (snake_case).</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>Input that breaks rules of its own, field by field.</summary>
public sealed record ValidationFailed(IReadOnlyList<FieldError> Fields)
    : Error(ErrorKind.Invalid, "validation.failed", string.Join(" ", Fields.Select(f => f.Message)))
{
    public ValidationFailed(string field, string message)
        : this([new FieldError(field, message)]) { }
}

/// <summary>There is no such thing, or the asker must not learn that there is; both read the same.</summary>
public sealed record NotFound(string What)
    : Error(ErrorKind.NotFound, "not_found", ErrorTexts.GetResourceString($"NotFound_{What.Replace(' ', '_')}") ?? ErrorTexts.NotFound_thing);

/// <summary>Somebody else changed the thing between reading and saving.</summary>
public sealed record StaleEdit() : Error(ErrorKind.Conflict, "edit.stale", ErrorTexts.StaleEdit);

/// <summary>What the request's If-Match names is not what is here now.</summary>
public sealed record OtherVersion() : Error(ErrorKind.PreconditionFailed, "version.other", ErrorTexts.OtherVersion);

/// <summary>The act needs a signed-in member.</summary>
public sealed record SignInRequired() : Error(ErrorKind.Unauthenticated, "sign_in.required", ErrorTexts.SignInRequired);

/// <summary>The asker may see the thing but not do this with it.</summary>
public sealed record NotAllowed(string Why) : Error(ErrorKind.Forbidden, "not_allowed", Why);
