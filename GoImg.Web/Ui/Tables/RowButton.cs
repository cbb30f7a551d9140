using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GoImg.Web.Ui.Tables;

/// <summary>A small button in a row of a grid. Markup and no component: a component in each row, with those in it, would be half of what a grid keeps in memory.</summary>
internal static class RowButton
{
    /// <param name="spoken">What it does to which row, for those who can't see the row; null when the words say it.</param>
    public static RenderFragment Of(object receiver, string text, Func<Task> press, string? spoken = null) =>
        builder =>
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "type", "button");
            builder.AddAttribute(2, "class", ButtonClasses.Of(ButtonKind.Plain, isSmall: true));
            builder.AddAttribute(3, "aria-label", spoken);
            builder.AddAttribute(4, "onclick", EventCallback.Factory.Create<MouseEventArgs>(receiver, press));
            builder.AddContent(5, text);
            builder.CloseElement();
        };
}
