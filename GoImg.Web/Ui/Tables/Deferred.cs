using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace GoImg.Web.Ui.Tables;

/// <summary>Draws its contents after the components before it were made: the columns, by then, have told the table of themselves.</summary>
public sealed class Deferred : ComponentBase
{
    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>Something came after all.</summary>
    internal void DrawAgain() => StateHasChanged();

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
}
