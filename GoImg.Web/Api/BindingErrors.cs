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
                $"The body is not valid JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine})."
            ),
            UnknownWordException { Path: { Length: > 2 } path } unknown => new ValidationFailed(
                FieldAt(path),
                $"The {Spoken(path)} is {Listed(unknown.Known)}."
            ),
            JsonException { Path: { Length: > 2 } path } => new ValidationFailed(
                FieldAt(path),
                $"The {Spoken(path)} has a value of the wrong kind; {ApiDocument.Address} says what it takes."
            ),
            JsonException => new ApiErrors.MalformedRequest($"The body has to be a JSON object; {ApiDocument.Address} says with which fields."),
            _ => new ApiErrors.MalformedRequest(
                $"A parameter is missing or is not of the kind the API expects. {ApiDocument.Address} says which are taken."
            ),
        };

    // "$.content_rating", as System.Text.Json writes paths.
    private static string FieldAt(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    private static string Spoken(string path) => FieldAt(path).Replace('_', ' ');

    private static string Listed(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
