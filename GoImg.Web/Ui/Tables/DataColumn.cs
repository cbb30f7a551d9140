using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Ui.Tables;

/// <summary>A column of a <see cref="DataTable{TRow}"/>: it draws nothing itself, the table asks it. The same columns serve the page's plain table and an island's grid.</summary>
public sealed class DataColumn<TRow> : ComponentBase, IDisposable
{
    [CascadingParameter]
    private DataTable<TRow> Table { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The heading is read out but not shown, for a column of buttons.</summary>
    [Parameter]
    public bool IsTitleHidden { get; set; }

    /// <summary>What the cell says, unless it has contents of its own, and what a grid sorts by; without it the column can't be sorted there.</summary>
    [Parameter]
    public Func<TRow, object?>? Value { get; set; }

    [Parameter]
    public RenderFragment<TRow>? ChildContent { get; set; }

    /// <summary>Makes the heading of the page's table a link that sorts, by the table's <see cref="DataTable{TRow}.SortUrl"/>.</summary>
    [Parameter]
    public string? SortKey { get; set; }

    /// <summary>Says what the row is about: a heading of the row, that stays in sight on phones.</summary>
    [Parameter]
    public bool IsRowHeading { get; set; }

    /// <summary>Figures, aligned by their ends.</summary>
    [Parameter]
    public bool IsNumber { get; set; }

    /// <summary>Never broken over lines, such as dates.</summary>
    [Parameter]
    public bool IsWhole { get; set; }

    /// <summary>A CSS length. A grid needs it: only rows in sight are there, so their contents can't decide it.</summary>
    [Parameter]
    public string? Width { get; set; }

    internal string? Class =>
        IsNumber ? "number"
        : IsWhole ? "nowrap"
        : null;

    internal RenderFragment Cell(TRow row) => ChildContent is null ? builder => builder.AddContent(0, Value?.Invoke(row)) : ChildContent(row);

    protected override void OnInitialized() => Table.Add(this);

    public void Dispose() => Table.Remove(this);
}
