namespace GoImg.Core.Audit;

/// <summary>The log's vocabulary: stable, documented, and what its page filters by.</summary>
public static class AuditAction
{
    public const string SignedIn = "account.signed_in";
    public const string SignInFailed = "account.sign_in_failed";
    public const string SignedOut = "account.signed_out";
    public const string SessionEnded = "account.session_ended";
    public const string PasswordChanged = "account.password_changed";
    public const string TokenCreated = "account.token_created";
    public const string TokenRevoked = "account.token_revoked";
    public const string ProfileChanged = "account.profile_changed";
    public const string Registered = "account.registered";
    public const string RoleChanged = "account.role_changed";
    public const string Suspended = "account.suspended";
    public const string SuspensionEnded = "account.suspension_ended";
    public const string Banned = "account.banned";
    public const string Reinstated = "account.reinstated";
    public const string AccountReportsDismissed = "account.reports_dismissed";
    public const string AccountWarned = "account.warned";
    public const string Exported = "account.exported";
    public const string ReportsDismissed = "image.reports_dismissed";
    public const string Warned = "image.warned";
    public const string MarkedNsfw = "image.marked_nsfw";
    public const string Held = "image.held";
    public const string Removed = "image.removed";
    public const string CommentReportsDismissed = "comment.reports_dismissed";
    public const string CommentWarned = "comment.warned";
    public const string CommentRemoved = "comment.removed";
    public const string CommentRestored = "comment.restored";
    public const string AlbumReportsDismissed = "album.reports_dismissed";
    public const string AlbumWarned = "album.warned";
    public const string AlbumHeld = "album.held";
    public const string AlbumRemoved = "album.removed";
    public const string AlbumPrivateViewed = "album.private_viewed";
    public const string AlbumVisibilityChanged = "album.visibility_changed";
    public const string PrivateViewed = "image.private_viewed";
    public const string VisibilityChanged = "image.visibility_changed";
    public const string Quarantined = "image.quarantined";
    public const string OriginalDamaged = "image.original_damaged";
    public const string OriginalWhole = "image.original_whole";
    public const string JobRetried = "job.retried";
    public const string JobDiscarded = "job.discarded";
    public const string AccessDenied = "access.denied";
    public const string DecisionUndone = "decision.undone";

    public static readonly IReadOnlyList<string> All =
    [
        SignedIn,
        SignInFailed,
        SignedOut,
        SessionEnded,
        PasswordChanged,
        TokenCreated,
        TokenRevoked,
        ProfileChanged,
        Registered,
        RoleChanged,
        Suspended,
        SuspensionEnded,
        Banned,
        Reinstated,
        AccountReportsDismissed,
        AccountWarned,
        Exported,
        ReportsDismissed,
        Warned,
        MarkedNsfw,
        Held,
        Removed,
        CommentReportsDismissed,
        CommentWarned,
        CommentRemoved,
        CommentRestored,
        AlbumReportsDismissed,
        AlbumWarned,
        AlbumHeld,
        AlbumRemoved,
        AlbumPrivateViewed,
        AlbumVisibilityChanged,
        PrivateViewed,
        VisibilityChanged,
        Quarantined,
        OriginalDamaged,
        OriginalWhole,
        DecisionUndone,
        JobRetried,
        JobDiscarded,
        AccessDenied,
    ];
}
