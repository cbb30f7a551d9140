using System.Globalization;

namespace GoImg.Web.Api;

/// <summary>A whole number in a query. What is none binds as well, so that the endpoint refuses it by the field's name and beside whatever else
/// is wrong; the binder would only say that something was. <paramref name="Value"/> is null then.</summary>
public readonly record struct QueryNumber(int? Value)
{
    public static implicit operator QueryNumber(int value) => new(value);

    public static bool TryParse(string? text, IFormatProvider? provider, out QueryNumber number)
    {
        number = new(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);
        // Nothing sent is null, not a number that could not be read.
        return !string.IsNullOrEmpty(text);
    }
}
