using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using GoImg.Core.Shared;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Database;

/// <summary>Lists in the order (time, id), read page by page from where the last page ended: no row is skipped or read again to be passed over.</summary>
internal static class Keyset
{
    private static readonly MethodInfo LessThan = Comparison(nameof(NpgsqlDbFunctionsExtensions.LessThan));

    private static readonly MethodInfo GreaterThan = Comparison(nameof(NpgsqlDbFunctionsExtensions.GreaterThan));

    /// <summary>Newest first, and only what comes after the cursor; null is the beginning. Both columns have to be in one index.</summary>
    /// <param name="toId">The id in the cursor as the column's type.</param>
    public static IQueryable<T> NewestFirst<T, TId>(
        this IQueryable<T> rows,
        Expression<Func<T, DateTimeOffset>> at,
        Expression<Func<T, TId>> id,
        Cursor? after,
        Func<Guid, TId> toId
    )
    {
        if (after is not null)
            rows = rows.Where(IsBeyond(LessThan, at, id, new Place<TId>(after.At, toId(after.Id))));
        return rows.OrderByDescending(at).ThenByDescending(id);
    }

    /// <summary>As <see cref="NewestFirst"/>, the other way round.</summary>
    public static IQueryable<T> OldestFirst<T, TId>(
        this IQueryable<T> rows,
        Expression<Func<T, DateTimeOffset>> at,
        Expression<Func<T, TId>> id,
        Cursor? after,
        Func<Guid, TId> toId
    )
    {
        if (after is not null)
            rows = rows.Where(IsBeyond(GreaterThan, at, id, new Place<TId>(after.At, toId(after.Id))));
        return rows.OrderBy(at).ThenBy(id);
    }

    /// <summary>Reads one row more than the page has, which tells whether there is a next one.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        this IQueryable<T> rows,
        int take,
        Func<T, Cursor> cursorOf,
        CancellationToken cancellationToken
    ) => Page<T>.Cut(await rows.Take(take + 1).ToListAsync(cancellationToken), take, cursorOf);

    /// <summary>As asked for; a numbered page with how many rows there are, which a last page tells by itself.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        this IQueryable<T> rows,
        PageRequest page,
        Func<T, Cursor> cursorOf,
        CancellationToken cancellationToken
    )
    {
        var read = await rows.Skip(page.Skip).PageAsync(page.Take, cursorOf, cancellationToken);
        return await read.CountedAsync(rows, page, cancellationToken);
    }

    /// <summary>A page that was read from these rows with how many they are, if it has a number.</summary>
    public static async Task<Page<T>> CountedAsync<T, TRow>(
        this Page<T> read,
        IQueryable<TRow> rows,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (page.Number is not { } number)
            return read;
        var isLast = read.Next is null && (read.Items.Count > 0 || number == 1);
        return read with { Total = isLast ? Total.Of(page.Skip + read.Items.Count) : await rows.CountUpToLimitAsync(cancellationToken) };
    }

    /// <summary>Never more than <see cref="Total.Limit"/> and one, however long the list is.</summary>
    public static async Task<Total> CountUpToLimitAsync<T>(this IQueryable<T> rows, CancellationToken cancellationToken) =>
        Total.Of(await rows.Take(Total.Limit + 1).CountAsync(cancellationToken));

    private static MethodInfo Comparison(string name) =>
        typeof(NpgsqlDbFunctionsExtensions).GetMethod(name, [typeof(DbFunctions), typeof(ITuple), typeof(ITuple)])!;

    // (row.At, row.Id) < (place.At, place.Id) as PostgreSQL compares rows; the place is read from a field, so that the plan is the same for every page
    private static Expression<Func<T, bool>> IsBeyond<T, TId>(
        MethodInfo comparison,
        Expression<Func<T, DateTimeOffset>> at,
        Expression<Func<T, TId>> id,
        Place<TId> place
    )
    {
        var row = at.Parameters[0];
        var idOfRow = id.Body.With(id.Parameters[0], row);
        var there = Expression.Constant(place);
        return Expression.Lambda<Func<T, bool>>(
            Expression.Call(
                comparison,
                Expression.Constant(EF.Functions),
                Pair<TId>(at.Body, idOfRow),
                Pair<TId>(Expression.Field(there, nameof(Place<>.At)), Expression.Field(there, nameof(Place<>.Id)))
            ),
            row
        );
    }

    private static UnaryExpression Pair<TId>(Expression at, Expression id) =>
        Expression.Convert(
            Expression.Call(typeof(ValueTuple), nameof(ValueTuple.Create), [typeof(DateTimeOffset), typeof(TId)], at, id),
            typeof(ITuple)
        );

    private sealed class Place<TId>(DateTimeOffset at, TId id)
    {
        public readonly DateTimeOffset At = at;
        public readonly TId Id = id;
    }
}
