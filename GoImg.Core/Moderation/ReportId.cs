namespace GoImg.Core.Moderation;

public readonly record struct ReportId(Guid Value)
{
    public static ReportId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}
