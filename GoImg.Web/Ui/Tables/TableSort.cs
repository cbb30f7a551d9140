namespace GoImg.Web.Ui.Tables;

/// <summary>By which column a table is sorted: its <see cref="DataColumn{TRow}.SortKey"/>.</summary>
public sealed record TableSort(string Key, bool IsDescending = false)
{
    /// <summary>What pressing a heading asks for: up first, then the other way round.</summary>
    public static TableSort Next(TableSort? now, string key) => new(key, now == new TableSort(key));
}
