using System.Globalization;
using System.Text;

namespace GoImg.Core.Shared;

/// <summary>Puts arguments into texts from resources: <c>{0}</c>, <c>{0:format}</c>, and words that follow a number,
/// <c>{0, plural, one {# image} other {# images}}</c>, in which <c>#</c> is the number. The plural form is written as in ICU MessageFormat,
/// which translation tools know; apostrophes are plain characters here, and braces occur only in places.</summary>
public static class TextPattern
{
    /// <summary>The text in the current language, its numbers and dates in the current culture.</summary>
    /// <exception cref="FormatException">The pattern is not well-formed, or names an argument that is not given.</exception>
    public static string With(this string pattern, params ReadOnlySpan<object?> arguments)
    {
        var text = new StringBuilder(pattern.Length + 16);
        Append(text, pattern, arguments, number: null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> pattern, ReadOnlySpan<object?> arguments, string? number)
    {
        while (!pattern.IsEmpty)
        {
            var plain = pattern.IndexOfAny('{', '#');
            if (plain < 0)
                plain = pattern.Length;
            text.Append(pattern[..plain]);
            pattern = pattern[plain..];
            if (pattern.IsEmpty)
                return;
            if (pattern[0] == '#')
            {
                text.Append(number ?? "#");
                pattern = pattern[1..];
                continue;
            }

            var end = EndOfPlace(pattern);
            AppendPlace(text, pattern[1..end], arguments, number);
            pattern = pattern[(end + 1)..];
        }
    }

    private static void AppendPlace(StringBuilder text, ReadOnlySpan<char> place, ReadOnlySpan<object?> arguments, string? number)
    {
        var nameEnds = place.IndexOfAny(',', ':');
        var name = nameEnds < 0 ? place : place[..nameEnds];
        if (!int.TryParse(name, CultureInfo.InvariantCulture, out var index) || index >= arguments.Length)
            throw new FormatException($"The text has {{{place}}}, and {arguments.Length} arguments.");
        var argument = arguments[index];
        if (nameEnds < 0)
            text.Append(Format(argument, null));
        else if (place[nameEnds] == ':')
            text.Append(Format(argument, place[(nameEnds + 1)..].ToString()));
        else
            AppendPlural(text, place[(nameEnds + 1)..], argument, arguments);
    }

    private static void AppendPlural(StringBuilder text, ReadOnlySpan<char> place, object? argument, ReadOnlySpan<object?> arguments)
    {
        var kindEnds = place.IndexOf(',');
        if (kindEnds < 0 || place[..kindEnds].Trim() is not "plural")
            throw new FormatException($"\"{place}\" is no plural; it is written as in {{0, plural, one {{# image}} other {{# images}}}}.");
        var count = Convert.ToDecimal(argument, CultureInfo.InvariantCulture);
        var category = PluralRules.CategoryOf(count);
        var exact = string.Create(CultureInfo.InvariantCulture, $"={count}");
        ReadOnlySpan<char> chosen = default;
        var hasOther = false;
        for (var rest = place[(kindEnds + 1)..].Trim(); !rest.IsEmpty; )
        {
            var open = rest.IndexOf('{');
            if (open < 0)
                throw new FormatException($"\"{rest}\" is no form of a plural.");
            var key = rest[..open].Trim();
            var close = open + EndOfPlace(rest[open..]);
            var form = rest[(open + 1)..close];
            rest = rest[(close + 1)..].Trim();
            hasOther |= key is "other";
            // An exact number goes before the category, and "other" is for all that is not named.
            if (key.SequenceEqual(exact))
            {
                chosen = form;
                break;
            }

            if (key.SequenceEqual(category) || (key is "other" && chosen.IsEmpty))
                chosen = form;
        }

        if (!hasOther && chosen.IsEmpty)
            throw new FormatException($"\"{place}\" has no form \"other\".");
        Append(text, chosen, arguments, Format(argument, "N0"));
    }

    private static string Format(object? argument, string? format) =>
        argument is IFormattable formattable ? formattable.ToString(format, CultureInfo.CurrentCulture) : argument?.ToString() ?? "";

    private static int EndOfPlace(ReadOnlySpan<char> pattern)
    {
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '{')
                depth++;
            else if (pattern[i] == '}' && --depth == 0)
                return i;
        }

        throw new FormatException($"\"{pattern}\" has a brace that is not closed.");
    }
}
