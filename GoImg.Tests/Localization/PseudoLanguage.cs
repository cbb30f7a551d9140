using System.Globalization;
using System.Reflection;
using System.Resources;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using GoImg.Web.Localization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Tests.Localization;

/// <summary>A language that is English with each text marked, «so», and longer by two fifths, as translations are. What is not marked on
/// a page was not in a resource.</summary>
internal static class PseudoLanguage
{
    public const string Name = "en-XA";

    private static readonly Lock Once = new();
    private static bool _isSpoken;

    /// <summary>Offers it at an application. All texts of the process know it from then on; those who don't ask for it notice nothing.</summary>
    public static void Offer(GoImgApp app)
    {
        lock (Once)
        {
            if (!_isSpoken)
                Speak();
            _isSpoken = true;
        }

        var options = app.Services.GetRequiredService<IOptions<RequestLocalizationOptions>>().Value;
        options.AddSupportedCultures("en", Name).AddSupportedUICultures("en", Name);
    }

    private static void Speak()
    {
        foreach (var type in new[] { typeof(TextPattern).Assembly, typeof(Languages).Assembly }.SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.GetField("s_resourceManager", BindingFlags.Static | BindingFlags.NonPublic) is { } manager)
                manager.SetValue(null, new Marked(type));
        }
    }

    private sealed class Marked(Type texts) : ResourceManager(texts)
    {
        // Patterns of dates: a letter more would be a part of the date.
        private readonly bool _isPadded = texts.Name != "FormatTexts";

        public override string? GetString(string name, CultureInfo? culture) =>
            base.GetString(name, CultureInfo.InvariantCulture) is not { } text ? null
            : (culture ?? CultureInfo.CurrentUICulture).Name != Name ? text
            : $"«{text}{(_isPadded ? Padding(text) : "")}»";

        private static string Padding(string text)
        {
            var length = (text.Length + 2) * 2 / 5;
            return string.Concat(Enumerable.Repeat(" ximlon", (length / 7) + 1))[..(length + 1)];
        }
    }
}
