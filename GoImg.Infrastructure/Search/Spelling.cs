using GoImg.Core.Search;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>Words that no listed image has, and the one most like each that some have.</summary>
internal sealed class Spelling(GoImgDbContext db)
{
    /// <summary>The query with words that are in use; null when there are none to put in. It tells of listed images alone.</summary>
    public async Task<SearchQuery?> CorrectAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var words = query.Terms.Where(term => !term.IsExcluded).SelectMany(Words).Distinct(StringComparer.Ordinal).ToArray();
        if (words.Length == 0)
            return null;

        var better = await db
            .Database.SqlQuery<Correction>(
                $"""
                SELECT typed.word AS "Typed", alike.word AS "Meant"
                FROM (SELECT word, unaccent(word) AS plain FROM unnest({words}) word) typed
                CROSS JOIN LATERAL (
                    SELECT word, levenshtein_less_equal(word, plain, 2) AS distance FROM search_words
                    WHERE word % plain AND images > 0
                    ORDER BY distance, images DESC, word LIMIT 1
                ) alike
                WHERE distance <= (CASE WHEN length(plain) < 5 THEN 1 ELSE 2 END)
                  AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = plain AND images > 0)
                  AND plainto_tsquery('goimg_english', alike.word) <> plainto_tsquery('goimg_english', plain)
                """
            )
            .ToDictionaryAsync(correction => correction.Typed, correction => correction.Meant, StringComparer.Ordinal, cancellationToken);
        return better.Count == 0
            ? null
            : query with
            {
                Parts = [.. query.Parts.Select(part => part is SearchTerm { IsExcluded: false } term ? Corrected(term, better) : part)],
            };
    }

    private static SearchTerm Corrected(SearchTerm term, Dictionary<string, string> better) =>
        Words(term).Any(better.ContainsKey)
            ? term with
            {
                Words = string.Join(' ', SearchWords.Of(term.Words).Select(token => better.GetValueOrDefault(token.Text, token.Text))),
            }
            : term;

    // A part of an address or a number with a unit is no misspelt word; in a phrase each may be.
    private static IEnumerable<string> Words(SearchTerm term) =>
        SearchWords.Of(term.Words) is var tokens && (term.IsPhrase || tokens.Count == 1)
            ? tokens.Where(token => !token.IsUnspaced && SearchDocument.IsSpelled(token.Text)).Select(token => token.Text)
            : [];

    private sealed record Correction(string Typed, string Meant);
}
