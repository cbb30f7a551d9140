using System.Globalization;

namespace GoImg.Core.Search;

/// <summary>The values of <c>color:</c>, as people call an image's dominant colour.</summary>
public static class ColorName
{
    public static IReadOnlyList<string> All { get; } =
    ["red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "black", "gray", "white"];

    /// <summary>Null when it is none.</summary>
    public static string? Parse(string text) =>
        text.ToLowerInvariant() switch
        {
            "grey" => "gray",
            "teal" or "turquoise" => "cyan",
            "violet" => "purple",
            "magenta" => "pink",
            var name => All.FirstOrDefault(known => known == name),
        };

    /// <param name="hex"><c>#rrggbb</c>; null for anything else.</param>
    public static string? Of(string hex)
    {
        if (hex.Length != 7 || !int.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            return null;

        var (red, green, blue) = (rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        var (lightness, spread) = ((most + least) / 510.0, most - least);
        // The mean of a picture is duller than what one sees in it, so a little colour counts.
        return spread < 24 || lightness < 0.08 || lightness > 0.95 ? Grey(lightness) : OfHue(Hue(red, green, blue, most, spread), lightness);
    }

    private static string Grey(double lightness) =>
        lightness switch
        {
            < 0.2 => "black",
            > 0.85 => "white",
            _ => "gray",
        };

    // In degrees, from red.
    private static double Hue(int red, int green, int blue, int most, double spread)
    {
        var sixth =
            most == red ? (green - blue) / spread
            : most == green ? 2 + (blue - red) / spread
            : 4 + (red - green) / spread;
        return (sixth * 60 + 360) % 360;
    }

    private static string OfHue(double hue, double lightness) =>
        hue switch
        {
            // Dark orange is what brown is.
            >= 12 and < 48 when lightness < 0.45 => "brown",
            < 14 or >= 345 => lightness > 0.7 ? "pink" : "red",
            < 42 => "orange",
            < 68 => "yellow",
            < 160 => "green",
            < 195 => "cyan",
            < 255 => "blue",
            < 295 => "purple",
            _ => "pink",
        };
}
