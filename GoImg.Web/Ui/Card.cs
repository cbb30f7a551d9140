using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace GoImg.Web.Ui;

/// <summary>A framed part of a page, its contents one below the other. Attributes it doesn't know, such as <c>id</c> or a form's <c>action</c>, go to its element.</summary>
public sealed class Card : ComponentBase
{
    /// <summary>The element: <c>div</c>, <c>section</c>, <c>article</c>, <c>li</c> or <c>form</c>.</summary>
    [Parameter]
    public string As { get; set; } = "div";

    /// <summary>How its contents stand: <c>stack</c>, <c>spread</c>, <c>cluster</c>; further classes beside it.</summary>
    [Parameter]
    public string? Class { get; set; } = "stack";

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, As);
        builder.AddAttribute(1, "class", $"card {Class}".TrimEnd());
        builder.AddMultipleAttributes(2, Attributes);
        builder.AddContent(3, ChildContent);
        builder.CloseElement();
    }
}
