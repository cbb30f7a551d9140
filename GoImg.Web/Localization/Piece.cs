using GoImg.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Localization;

/// <summary>What a <see cref="Phrase"/> has in its places.</summary>
internal static class Piece
{
    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    public static RenderFragment Code(string code) => Element("code", code);

    public static RenderFragment Strong(string text) => Element("strong", text);

    public static RenderFragment Key(string key) => Element("kbd", key);

    public static RenderFragment Link(string url, string text) =>
        builder =>
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "href", url);
            builder.AddContent(2, text);
            builder.CloseElement();
        };

    public static RenderFragment Time(DateTimeOffset at) =>
        builder =>
        {
            builder.OpenComponent<Time>(0);
            builder.AddComponentParameter(1, nameof(Ui.Time.At), at);
            builder.CloseComponent();
        };

    private static RenderFragment Element(string name, string text) =>
        builder =>
        {
            builder.OpenElement(0, name);
            builder.AddContent(1, text);
            builder.CloseElement();
        };
}
