using GoImg.Core.Images;
using GoImg.Core.Search;
using GoImg.Web.Images;
using GoImg.Web.Shell;

namespace GoImg.Web.Library;

/// <summary>The library's filter as its address says it: <c>/library?visibility=public&amp;state=failed</c>.</summary>
internal static class LibraryFilterUrl
{
    public static IReadOnlyList<(string Text, LibraryFilter Filter)> Offered =>
        [
            (LibraryTexts.FilterAll, LibraryFilter.All),
            (ShellTexts.Public, new(Visibility.Public)),
            (ShellTexts.Unlisted, new(Visibility.Unlisted)),
            (ShellTexts.Private, new(Visibility.Private)),
            (LibraryTexts.FilterInProgress, new(Shelf: LibraryShelf.Processing)),
            (ImageTexts.StateFailed, new(Shelf: LibraryShelf.Failed)),
            (ImageTexts.StateHeld, new(Shelf: LibraryShelf.Held)),
        ];

    /// <summary>Unknown words do not narrow.</summary>
    public static LibraryFilter Parse(string? visibility, string? state) => new(Read<Visibility>(visibility), Read<LibraryShelf>(state));

    public static string Url(LibraryFilter filter, string? after = null)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["visibility"] = filter.Visibility?.ToString().ToLowerInvariant(),
            ["state"] = filter.Shelf?.ToString().ToLowerInvariant(),
            ["after"] = after,
        };
        return "/library" + QueryString.Create(query.Where(pair => pair.Value is not null));
    }

    public static string Search(SearchQuery search, string? after = null)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = search.ToString(), ["after"] = after };
        return "/library" + QueryString.Create(query.Where(pair => pair.Value is not null));
    }

    private static T? Read<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]) ? value : null;
}
