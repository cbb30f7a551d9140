using GoImg.Core.Shared;

namespace GoImg.Web.Shell;

/// <summary>The one place where an error becomes words on a page; the API's is <see cref="Api.ProblemMapping"/>.</summary>
public static class ErrorText
{
    public static string Of(Error error) => error.Message;

    /// <summary>The message for one field of a form, or null; field names are the API's.</summary>
    public static string? For(Error? error, string field) =>
        error is ValidationFailed failed
            ? string.Join(" ", failed.Fields.Where(f => f.Field == field).Select(f => f.Message)) is { Length: > 0 } text
                ? text
                : null
            : null;
}
