using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Ui.Forms;

/// <summary>What a control in an island tells its parent. Where no one listens nothing is attached, so nothing is sent.</summary>
internal static class Changes
{
    public static EventCallback<ChangeEventArgs> To(object control, EventCallback<string> listener) =>
        listener.HasDelegate
            ? EventCallback.Factory.Create<ChangeEventArgs>(control, change => listener.InvokeAsync(change.Value?.ToString() ?? ""))
            : default;

    public static EventCallback<ChangeEventArgs> To(object control, EventCallback<bool> listener) =>
        listener.HasDelegate ? EventCallback.Factory.Create<ChangeEventArgs>(control, change => listener.InvokeAsync(change.Value is true)) : default;

    public static EventCallback<ChangeEventArgs> To(object control, EventCallback<DateOnly?> listener) =>
        listener.HasDelegate
            ? EventCallback.Factory.Create<ChangeEventArgs>(
                control,
                change =>
                    listener.InvokeAsync(
                        DateOnly.TryParseExact(
                            change.Value?.ToString(),
                            "yyyy-MM-dd",
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.None,
                            out var date
                        )
                            ? date
                            : null
                    )
            )
            : default;
}
