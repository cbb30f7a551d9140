namespace GoImg.Web.Ui;

/// <summary>How much a button asks for attention. One <see cref="Primary"/> a page.</summary>
public enum ButtonKind
{
    Plain,
    Primary,

    /// <summary>Takes something away.</summary>
    Danger,

    /// <summary>Without an edge, for rows of buttons.</summary>
    Quiet,

    /// <summary>Reads as a small link.</summary>
    Link,

    /// <summary>Nothing but what <c>Class</c> says.</summary>
    Bare,
}
