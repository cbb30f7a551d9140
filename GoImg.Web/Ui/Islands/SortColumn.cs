using GoImg.Web.Ui.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace GoImg.Web.Ui.Islands;

/// <summary>A <see cref="DataColumn{TRow}"/> in a data grid, its heading a button of the column's name: up, down, not at all, after the columns that were
/// pressed before it. The button MudBlazor draws beside the heading is called "Sort" in every column, and for a second one it wants Ctrl and a mouse; the
/// style sheet keeps only its arrow.</summary>
public sealed class SortColumn<TRow> : TemplateColumn<TRow>
{
    [Parameter, EditorRequired]
    public DataColumn<TRow> Of { get; set; } = null!;

    protected override void OnParametersSet()
    {
        Title = Of.Title;
        Resizable = true;
        Sortable = Of.Value is not null;
        SortBy = Key;
        HeaderClass = CellClass = Of.Class;
        HeaderStyle = Of.Width is { } width ? $"width: {width}" : null;
        HeaderTemplate ??= _ => DrawHeading;
        CellTemplate ??= cell => builder => builder.AddContent(0, Of.Cell(cell.Item));
        base.OnParametersSet();
    }

    private void DrawHeading(RenderTreeBuilder builder)
    {
        if (Of.Value is null)
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", Of.IsTitleHidden ? "visually-hidden" : null);
            builder.AddContent(2, Title);
            builder.CloseElement();
            return;
        }

        builder.OpenElement(3, "button");
        builder.AddAttribute(4, "type", "button");
        builder.AddAttribute(5, "class", "sort");
        builder.AddAttribute(6, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, PressAsync));
        builder.AddEventStopPropagationAttribute(7, "onclick", true);
        builder.AddContent(8, Title);
        builder.CloseElement();
    }

    private Task PressAsync() =>
        DataGrid.SortDefinitions.GetValueOrDefault(PropertyName!) switch
        {
            null => DataGrid.ExtendSortAsync(PropertyName!, SortDirection.Ascending, Key),
            { Descending: false } => DataGrid.ExtendSortAsync(PropertyName!, SortDirection.Descending, Key),
            _ => DataGrid.RemoveSortAsync(PropertyName!),
        };

    private object Key(TRow row) => Of.Value!(row)!;
}
