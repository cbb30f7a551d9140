using GoImg.Core.Images;

namespace GoImg.Web.Library;

/// <summary>The library's filter as its address says it: <c>/library?visibility=public&amp;state=failed</c>.</summary>
internal static class LibraryFilterLinks
{
    public static readonly IReadOnlyList<(string Text, LibraryFilter Filter)> Offered =
    [
        ("All", LibraryFilter.All),
        ("Public", new(Visibility.Public)),
        ("Unlisted", new(Visibility.Unlisted)),
        ("Private", new(Visibility.Private)),
        ("In progress", new(Shelf: LibraryShelf.Processing)),
        ("Failed", new(Shelf: LibraryShelf.Failed)),
        ("Held back", new(Shelf: LibraryShelf.Held)),
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

    private static T? Read<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]) ? value : null;
}
