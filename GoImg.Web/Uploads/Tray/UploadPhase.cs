using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Web.Images;

namespace GoImg.Web.Uploads.Tray;

/// <summary>What can become of a file in the tray, in the order it usually does. The browser decides all but those between
/// <see cref="Received"/> and <see cref="Ready"/>, <see cref="Failed"/> and <see cref="Quarantined"/>; its list of the same is js/upload/phases.js.</summary>
public enum UploadPhase
{
    Waiting,
    Blocked,
    Paused,
    Sending,
    Offline,
    Received,
    WaitingForScanner,
    Scanning,
    Rendering,
    Ready,
    Duplicate,
    Trashed,
    Lost,
    Refused,
    Interrupted,
    Failed,
    Quarantined,
}

internal static class UploadPhases
{
    /// <summary>As the browser spells it.</summary>
    public static string Name(this UploadPhase phase) => JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.ToString());

    public static string Say(this UploadPhase phase) =>
        phase switch
        {
            UploadPhase.Waiting => UploadTexts.Waiting,
            UploadPhase.Blocked => UploadTexts.WaitingForTurn,
            UploadPhase.Paused => UploadTexts.Paused,
            UploadPhase.Sending => UploadTexts.Uploading,
            UploadPhase.Offline => UploadTexts.WaitingForConnection,
            UploadPhase.Received => ImageTexts.StageReceived,
            UploadPhase.WaitingForScanner => ImageTexts.StageWaiting,
            UploadPhase.Scanning => ImageTexts.StageScanning,
            UploadPhase.Rendering => ImageTexts.StageRendering,
            UploadPhase.Ready => UploadTexts.Ready,
            UploadPhase.Duplicate => UploadTexts.AlreadyThere,
            UploadPhase.Trashed => UploadTexts.InTrashRow,
            UploadPhase.Lost => UploadTexts.Interrupted,
            UploadPhase.Refused => UploadTexts.Refused,
            UploadPhase.Interrupted => UploadTexts.NotUploaded,
            UploadPhase.Failed => ImageTexts.StateFailed,
            UploadPhase.Quarantined => ImageTexts.StateQuarantined,
            _ => throw new ArgumentOutOfRangeException(nameof(phase)),
        };

    /// <summary>Null for an image that is gone from where the tray would lead.</summary>
    public static UploadPhase? Of(ImageProgress image) =>
        (image.State, image.Stage) switch
        {
            (ImageState.Processing, ImageStage.WaitingForScanner) => UploadPhase.WaitingForScanner,
            (ImageState.Processing, ImageStage.Scanning) => UploadPhase.Scanning,
            (ImageState.Processing, ImageStage.Rendering or ImageStage.Ready) => UploadPhase.Rendering,
            (ImageState.Processing, _) => UploadPhase.Received,
            (ImageState.Failed, _) => UploadPhase.Failed,
            (ImageState.Quarantined, _) => UploadPhase.Quarantined,
            (ImageState.Deleted, _) => null,
            _ => UploadPhase.Ready,
        };
}
