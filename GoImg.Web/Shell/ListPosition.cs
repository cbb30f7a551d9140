using GoImg.Core.Shared;

namespace GoImg.Web.Shell;

/// <summary>Where a reader is in a list of pictures: after which one, and how many pages of them are open.</summary>
internal readonly record struct ListPosition(Cursor? After, int Take)
{
    private const int PageSize = 60;

    // As many as grid.js appends before its link leads on instead.
    private const int MostPages = 10;

    /// <summary>From the address, whatever somebody typed there.</summary>
    public static ListPosition Of(string? after, string? pages) => new(Cursor.Parse(after), PageSize * PageNumber.Of(pages, MostPages));

    /// <summary>The address of what follows; null on the last page. <paramref name="path"/> may have a query already.</summary>
    public static string? Next<T>(Page<T> page, string path) =>
        page.Next is null ? null : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={page.Next}";
}
