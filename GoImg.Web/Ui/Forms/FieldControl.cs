namespace GoImg.Web.Ui.Forms;

/// <summary>What a control inside a <see cref="Field"/> must carry: its id, name, <c>aria-describedby</c> and whether it is invalid.</summary>
public sealed record FieldControl(string Id, string Name, string? DescribedBy, bool IsInvalid)
{
    public string? AriaInvalid => IsInvalid ? "true" : null;
}
