namespace GoImg.Web.Ui;

/// <summary>The classes of everything that looks like a button: buttons, links, the heads of menus, labels of file choosers.</summary>
internal static class ButtonClasses
{
    public static string? Of(ButtonKind kind, bool isSmall = false, bool isBlock = false, string? more = null)
    {
        string?[] classes =
        [
            kind == ButtonKind.Bare ? null : "button",
            kind switch
            {
                ButtonKind.Primary => "button-primary",
                ButtonKind.Danger => "button-danger",
                ButtonKind.Quiet => "button-quiet",
                ButtonKind.Link => "button-link",
                _ => null,
            },
            isSmall ? "button-small" : null,
            isBlock ? "button-block" : null,
            more,
        ];
        var joined = string.Join(' ', classes.Where(one => one is not null));
        return joined.Length > 0 ? joined : null;
    }
}
