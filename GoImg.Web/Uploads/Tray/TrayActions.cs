namespace GoImg.Web.Uploads.Tray;

/// <summary>What a row's buttons do.</summary>
public sealed record TrayActions(
    Func<TrayRow, string, Task> Retitle,
    Func<TrayRow, Task> Retry,
    Func<TrayRow, Task> Restore,
    Func<TrayRow, Task> Cancel,
    Func<TrayRow, Task> Dismiss,
    Func<TrayRow, Task> Pause,
    Func<TrayRow, Task> Resume
);
