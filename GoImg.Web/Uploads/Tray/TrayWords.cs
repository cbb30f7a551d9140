using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Web.Shell;

namespace GoImg.Web.Uploads.Tray;

/// <summary>What the tray's scripts say and must know. A file is refused in the same words in the browser, here and over the API.</summary>
internal static class TrayWords
{
    /// <summary>A browser with more rows gets slow.</summary>
    public const int MaxRows = 5000;

    public static string Json(ImageLimits limits) =>
        JsonSerializer.Serialize(
            new
            {
                maxBytes = limits.MaxFileBytes,
                maxRows = MaxRows,
                maxTitle = ImageDetails.MaxTitle,
                phases = Enum.GetValues<UploadPhase>().ToDictionary(phase => phase.Name(), phase => phase.Say()),
                sizes = new
                {
                    bytes = ByteSize.Patterns.Bytes,
                    kibibytes = ByteSize.Patterns.Kibibytes,
                    mebibytes = ByteSize.Patterns.Mebibytes,
                    gibibytes = ByteSize.Patterns.Gibibytes,
                },
                defaults = new
                {
                    plain = UploadTexts.Defaults,
                    tagged = UploadTexts.DefaultsWithTags,
                    @private = UploadTexts.VisibilityPrivate,
                    unlisted = UploadTexts.VisibilityUnlisted,
                    @public = UploadTexts.VisibilityPublic,
                },
                empty = ErrorText.Of(new ImageFileErrors.Empty()),
                tooLarge = ErrorText.Of(new ImageFileErrors.TooManyBytes(limits.MaxFileBytes)),
                unknown = ErrorText.Of(new ImageFileErrors.UnknownFormat()),
                foreign = Enum.GetValues<ForeignKind>()
                    .ToDictionary(kind => kind.ToString(), kind => kind.Words().With("{0}", ImageFormats.Accepted)),
                unreadable = UploadTexts.Unreadable,
                tooMany = UploadTexts.TooMany.With(MaxRows),
                leftOut = UploadTexts.LeftOut,
                signedOut = UploadTexts.SignedOut,
                odd = UploadTexts.NoReason,
                unreachable = UploadTexts.Unreachable,
                pasted = UploadTexts.PastedImage,
                pastedInside = UploadTexts.PastedImageInside,
                open = UploadTexts.Open,
                uploadingAt = UploadTexts.UploadingAt,
                pausedAt = UploadTexts.PausedAt,
                offlineAt = UploadTexts.OfflineAt,
                interruptedAt = UploadTexts.InterruptedAt,
                notSentYet = UploadTexts.NotSentYet,
                inTrash = UploadTexts.InTrashRow,
                blocked = UploadTexts.BlockedBecause,
                lost = UploadTexts.LostHint,
                filesWithReason = UploadTexts.FilesWithReason,
                finished = UploadTexts.Finished,
                hideFinished = UploadTexts.HideFinished,
                headPaused = UploadTexts.HeadPaused,
                headOffline = UploadTexts.HeadOffline,
                headBlocked = UploadTexts.HeadBlocked,
                headUploading = UploadTexts.HeadUploading,
                headRendering = UploadTexts.HeadRendering,
                headLost = UploadTexts.HeadLost,
                headProblems = UploadTexts.HeadProblems,
                headDone = UploadTexts.HeadDone,
                nothingNew = UploadTexts.NothingNew,
                remaining = UploadTexts.Remaining,
                countReady = UploadTexts.CountReady,
                countDuplicates = UploadTexts.CountDuplicates,
                countFailed = UploadTexts.CountFailed,
                countLost = UploadTexts.CountLost,
                allowance = UploadTexts.AllowanceLeft,
                albumMade = UploadTexts.AlbumMade,
                linksCopied = UploadTexts.LinksCopied,
                copyFailed = UploadTexts.CopyFailed,
                untitled = UploadTexts.Untitled,
                announcement = UploadTexts.Announcement,
            }
        );
}
