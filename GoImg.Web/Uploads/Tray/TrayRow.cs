using GoImg.Core.Images;
using GoImg.Web.Images;

namespace GoImg.Web.Uploads.Tray;

/// <summary>One file in the upload tray: from the browser until its bytes are here, from the database after that.</summary>
public sealed class TrayRow
{
    /// <summary>The browser's number for the file; null for an image that was on its way before this page was loaded.</summary>
    public int? Key { get; init; }

    public required string Name { get; init; }

    public string Title { get; set; } = "";

    public long SizeBytes { get; init; }

    public long SentBytes { get; set; }

    public TrayPhase Phase { get; set; }

    /// <summary>Why it failed, was refused, or waits longer than its turn; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>Null until the bytes are here.</summary>
    public ImageId? ImageId { get; set; }

    /// <summary>Empty until known.</summary>
    public string Slug { get; set; } = "";

    /// <summary>The set of renditions that is served; empty before the first.</summary>
    public string RenditionSet { get; set; } = "";

    public string ShownName =>
        Title.Length > 0 ? Title
        : Name.Length > 0 ? Name
        : UploadTexts.PastedImage;

    public int Percent => SizeBytes > 0 ? (int)(100 * SentBytes / SizeBytes) : 0;
}

/// <summary>The stages of a row, in the order they usually come.</summary>
public enum TrayPhase
{
    Waiting,
    Paused,
    Sending,

    /// <summary>No one answers; the browser asks again and goes on by itself.</summary>
    Offline,
    Received,
    WaitingForScanner,
    Scanning,
    Rendering,
    Ready,

    /// <summary>The same bytes are in the member's gallery already.</summary>
    Duplicate,

    /// <summary>The same bytes are in the member's trash.</summary>
    DuplicateInTrash,

    /// <summary>Its tab was closed while it was on its way; it goes on when the file is chosen again.</summary>
    Lost,

    /// <summary>The server will not take these bytes.</summary>
    Refused,

    /// <summary>The bytes did not all arrive; the same file can be sent again.</summary>
    Interrupted,

    /// <summary>The bytes are here but could not be made an image; can be tried again there.</summary>
    Failed,

    /// <summary>Malware was found.</summary>
    Quarantined,
}

internal static class TrayPhases
{
    public static bool IsInBrowser(this TrayPhase phase) => phase <= TrayPhase.Offline;

    public static bool IsOnServer(this TrayPhase phase) =>
        phase is TrayPhase.Received or TrayPhase.WaitingForScanner or TrayPhase.Scanning or TrayPhase.Rendering;

    /// <summary>Somebody has to look at it: it stays until dismissed.</summary>
    public static bool NeedsAttention(this TrayPhase phase) => phase >= TrayPhase.Duplicate;

    public static bool IsProblem(this TrayPhase phase) => phase >= TrayPhase.Refused;

    public static string Say(this TrayPhase phase) =>
        phase switch
        {
            TrayPhase.Waiting => UploadTexts.Waiting,
            TrayPhase.Paused => UploadTexts.Paused,
            TrayPhase.Sending => UploadTexts.Uploading,
            TrayPhase.Offline => UploadTexts.WaitingForConnection,
            TrayPhase.Lost => UploadTexts.Interrupted,
            TrayPhase.Received => ImageTexts.StageReceived,
            TrayPhase.WaitingForScanner => ImageTexts.StageWaiting,
            TrayPhase.Scanning => ImageTexts.StageScanning,
            TrayPhase.Rendering => ImageTexts.StageRendering,
            TrayPhase.Ready => UploadTexts.Ready,
            TrayPhase.Duplicate => UploadTexts.AlreadyThere,
            TrayPhase.DuplicateInTrash => UploadTexts.InTrash,
            TrayPhase.Refused => UploadTexts.Refused,
            TrayPhase.Interrupted => UploadTexts.NotUploaded,
            TrayPhase.Failed => ImageTexts.StateFailed,
            TrayPhase.Quarantined => ImageTexts.StateQuarantined,
            _ => throw new ArgumentOutOfRangeException(nameof(phase)),
        };
}
