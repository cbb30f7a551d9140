using GoImg.Core.Search;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Search;

/// <summary>Words that no listed image has, and the one most like each that some have.</summary>
internal sealed class Spelling(GoImgDbContext db)
{
    // With two wrong letters a shorter word is any other.
    private const int ShortWord = 5;

    /// <summary>The query with words that are in use; null when there are none to put in. It tells of listed images alone.</summary>
    public async Task<SearchQuery?> CorrectAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var words = query.Terms.Where(term => !term.IsExcluded).SelectMany(Words).Distinct(StringComparer.Ordinal).ToArray();
        if (words.Length == 0)
            return null;

        // Words with many of the same three letters in a row, and, for two letters that are swapped leave few of those, the typed one with each two swapped.
        var alike = await db
            .Database.SqlQuery<Candidate>(
                $"""
                SELECT typed.word AS "Typed", typed.plain AS "Plain", alike.word AS "Word", alike.images AS "Images"
                FROM (SELECT word, unaccent(word) AS plain FROM unnest({words}) word) typed
                CROSS JOIN LATERAL (
                    (SELECT word, images FROM search_words WHERE word % plain ORDER BY similarity(word, plain) DESC, images DESC LIMIT 30)
                    UNION
                    SELECT word, images FROM search_words WHERE word IN (
                        SELECT left(plain, i - 1) || substr(plain, i + 1, 1) || substr(plain, i, 1) || substr(plain, i + 2)
                        FROM generate_series(1, length(plain) - 1) i
                    )
                ) alike
                WHERE alike.images > 0
                  AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = plain AND known.images > 0)
                  AND plainto_tsquery('goimg_english', alike.word) <> plainto_tsquery('goimg_english', plain)
                """
            )
            .ToListAsync(cancellationToken);
        var better = alike
            .Where(candidate => candidate.Distance <= (candidate.Plain.Length < ShortWord ? 1 : 2))
            .GroupBy(candidate => candidate.Typed, StringComparer.Ordinal)
            .ToDictionary(
                one => one.Key,
                one => one.OrderBy(c => c.Distance).ThenByDescending(c => c.Images).ThenBy(c => c.Word, StringComparer.Ordinal).First().Word,
                StringComparer.Ordinal
            );
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

    private sealed record Candidate(string Typed, string Plain, string Word, int Images)
    {
        public int Distance => EditDistance.Between(Plain, Word);
    }
}
