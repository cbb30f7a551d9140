namespace GoImg.Core.Integrity;

public enum FindingKind
{
    OriginalMissing,

    /// <summary>Another length, or with <c>--deep</c> another SHA-256, than the database promises.</summary>
    OriginalDamaged,
    RenditionMissing,
    RenditionDamaged,

    /// <summary>A published image without any renditions.</summary>
    NotRendered,

    /// <summary>Still to be prepared, and no job will.</summary>
    ImageStuck,

    /// <summary>An infected image's bytes lie where images are served from.</summary>
    QuarantineLeaks,

    /// <summary>Belongs to no image, and is older than the grace time after which the sweep should have taken it.</summary>
    OrphanObject,
    OrphanJob,
    WrongUsage,

    /// <summary>A moderation case about something that is gone, without knowing it.</summary>
    LostCase,
}

/// <summary>One thing that is not as it should be. <paramref name="Subject"/> is an object's key, an image's, job's or member's id.</summary>
public sealed record Finding(FindingKind Kind, string Subject, string Detail);

/// <summary>How much was looked at.</summary>
public sealed class IntegrityTally
{
    public long Images { get; internal set; }

    public long Objects { get; internal set; }

    public long HashedBytes { get; internal set; }
}
