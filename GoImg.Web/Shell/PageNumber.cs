using System.Globalization;

namespace GoImg.Web.Shell;

/// <summary>Numbers in addresses. What somebody typed there never fails a page: query parameters of pages are bound as text.</summary>
internal static class PageNumber
{
    /// <summary>From 1 to <paramref name="most"/>; 1 for what is no number.</summary>
    public static int Of(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, most) : 1;
}
