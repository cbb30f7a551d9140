namespace GoImg.Core.Images;

/// <summary><c>Processing → Active | Failed | Quarantined</c>, <c>Active ⇄ Flagged</c>, any → <c>Deleted</c>; only Active is ever seen by others.</summary>
public enum ImageState
{
    Processing,
    Active,

    /// <summary>Could not be processed; the reason is the owner's to see, and it can be tried again.</summary>
    Failed,

    /// <summary>Malware was found; the bytes are kept apart for staff.</summary>
    Quarantined,

    /// <summary>Held by moderation.</summary>
    Flagged,

    /// <summary>In the trash, or removed by a moderator; purged after 30 days.</summary>
    Deleted,
}

/// <summary>Where a processing image is, for its owner's progress view.</summary>
public enum ImageStage
{
    Received,
    WaitingForScanner,
    Scanning,
    Rendering,
    Ready,
}
