using GoImg.Core.Accounts;
using GoImg.Core.Search;

namespace GoImg.Infrastructure.Search;

/// <summary>The conditions that are compared as a whole, as the text of one tsquery.</summary>
internal static class SearchKeys
{
    public static string Of(SearchQuery query, Actor actor, SearchScope scope, SearchBlock? block)
    {
        var conditions = new List<string> { Visible(actor, scope) };
        if (block is not null)
            conditions.Add(Quoted($"c:{block.Number}"));
        if (query.Owner is { } owner)
            conditions.Add(Quoted(SearchDocument.OwnerKey(owner)));
        foreach (var filters in query.Filters.GroupBy(filter => (filter.Operator, filter.IsExcluded)))
        {
            var each = filters.Select(Condition).ToList();
            conditions.AddRange(
                filters.Key.IsExcluded ? each.Select(one => $"!{one}")
                : IsOneOfAKind(filters.Key.Operator) ? [AnyOf(each)]
                : each
            );
        }

        return string.Join(" & ", conditions);
    }

    /// <summary>One word of a tsquery, whatever is in it.</summary>
    public static string Quoted(string key) =>
        $"'{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Visible(Actor actor, SearchScope scope)
    {
        var own = actor.MemberId is { } me ? Quoted(SearchDocument.OwnerKey(me)) : null;
        return scope == SearchScope.Own ? own ?? throw new InvalidOperationException("Only a signed-in member has images of their own.")
            : own is null ? Quoted(SearchDocument.ListedKey)
            : AnyOf([Quoted(SearchDocument.ListedKey), own]);
    }

    // An image has one owner, one colour and one orientation, so that several can only be meant as alternatives.
    private static bool IsOneOfAKind(SearchOperator known) => known is SearchOperator.By or SearchOperator.Color or SearchOperator.Orientation;

    private static string Condition(SearchFilter filter) =>
        filter.Operator switch
        {
            SearchOperator.After => Period(CalendarPeriod.Between(filter.Day, null)),
            SearchOperator.Before => Period(CalendarPeriod.Between(null, filter.Day)),
            // What a maker calls a camera is often longer than what people call it.
            SearchOperator.Camera or SearchOperator.Lens => AllOf(
                SearchDocument.KeysOf(filter.Operator, filter.Value).Select(key => Quoted(key) + ":*")
            ),
            _ => AnyOf(SearchDocument.KeysOf(filter.Operator, filter.Value).Select(Quoted)),
        };

    // No day at all is a key that no image has.
    private static string Period(IReadOnlyList<string> periods) => AnyOf(periods.DefaultIfEmpty("d:none").Select(Quoted));

    private static string AnyOf(IEnumerable<string> conditions) => $"({string.Join(" | ", conditions)})";

    private static string AllOf(IEnumerable<string> conditions) => $"({string.Join(" & ", conditions)})";
}
