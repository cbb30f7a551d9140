namespace GoImg.Web.Ui.Samples;

/// <summary>A row for the tables of <see cref="UiPage"/>.</summary>
public sealed record SampleBoat(string Name, string Harbour, int Images, DateOnly Since)
{
    public static IReadOnlyList<SampleBoat> All { get; } =
    [
        new("Marlin", "Porto", 1204, new(2019, 5, 2)),
        new("Albatross of the Northern Sea", "Tromsø", 12, new(2023, 7, 14)),
        new("Skua", "Oban", 0, new(2025, 1, 30)),
    ];
}
