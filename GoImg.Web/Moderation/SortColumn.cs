using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace GoImg.Web.Moderation;

/// <summary>A column whose heading is a button of the column's name: up, down, not at all, after the columns that were pressed before it.
/// The button MudBlazor draws beside the heading is called "Sort" in every column, and for a second one it wants Ctrl and a mouse; the style sheet
/// keeps only its arrow.</summary>
public sealed class SortColumn<TRow, TValue> : PropertyColumn<TRow, TValue>
{
    private Func<TRow, object>? _key;

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        HeaderTemplate ??= _ => DrawHeading;
    }

    private void DrawHeading(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "sort");
        builder.AddAttribute(3, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, PressAsync));
        builder.AddEventStopPropagationAttribute(4, "onclick", true);
        builder.AddContent(5, Title);
        builder.CloseElement();
    }

    private Task PressAsync() =>
        DataGrid.SortDefinitions.GetValueOrDefault(PropertyName!) switch
        {
            null => DataGrid.ExtendSortAsync(PropertyName!, SortDirection.Ascending, Key),
            { Descending: false } => DataGrid.ExtendSortAsync(PropertyName!, SortDirection.Descending, Key),
            _ => DataGrid.RemoveSortAsync(PropertyName!),
        };

    private Func<TRow, object> Key => _key ??= KeyOf(Property.Compile());

    private static Func<TRow, object> KeyOf(Func<TRow, TValue> property) => row => property(row)!;
}
