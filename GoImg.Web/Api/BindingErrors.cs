using System.Text.Json;
using GoImg.Core.Shared;

namespace GoImg.Web.Api;

/// <summary>What was wrong with a request that could not be bound: the field where one is to blame, as the rules' own refusals name it.</summary>
internal static class BindingErrors
{
    public static Error Explain(BadHttpRequestException refused) =>
        refused.InnerException switch
        {
            // The reader's own exception inside: the text breaks JSON's grammar, wherever that is.
            JsonException { InnerException: JsonException } broken => new ApiErrors.MalformedRequest(
                ApiErrorTexts.InvalidJson.With(broken.LineNumber + 1, broken.BytePositionInLine)
            ),
            UnknownWordException { Path: { Length: > 2 } path } unknown => new ValidationFailed(
                FieldAt(path),
                ApiErrorTexts.UnknownWord.With(Spoken(path), Listed(unknown.Known))
            ),
            JsonException { Path: { Length: > 2 } path } => new ValidationFailed(
                FieldAt(path),
                ApiErrorTexts.WrongKind.With(Spoken(path), ApiDocument.Address)
            ),
            JsonException => new ApiErrors.MalformedRequest(ApiErrorTexts.NotAnObject.With(ApiDocument.Address)),
            _ => new ApiErrors.MalformedRequest(ApiErrorTexts.WrongParameter.With(ApiDocument.Address)),
        };

    // "$.content_rating", as System.Text.Json writes paths.
    private static string FieldAt(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    private static string Spoken(string path) => FieldAt(path).Replace('_', ' ');

    private static string Listed(IReadOnlyList<string> words) => ApiErrorTexts.Or.With(string.Join(", ", words.SkipLast(1)), words[^1]);
}
