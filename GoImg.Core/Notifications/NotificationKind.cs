namespace GoImg.Core.Notifications;

/// <summary>What a notification is about. Stored: never changed.</summary>
public static class NotificationKind
{
    /// <summary>A sentence of a release before 0.2.</summary>
    public const string Text = "text";

    public const string DecisionOnImage = "decision.image";
    public const string DecisionOnComment = "decision.comment";
    public const string DecisionOnAlbum = "decision.album";
    public const string DecisionOnAccount = "decision.account";
    public const string DecisionUndone = "decision.undone";

    /// <summary>To the owner.</summary>
    public const string ImageQuarantined = "image.quarantined";

    /// <summary>To staff.</summary>
    public const string StaffImageQuarantined = "staff.image_quarantined";

    /// <summary>To staff.</summary>
    public const string StaffOriginalDamaged = "staff.original_damaged";
}

/// <summary>The names in a notification's data. Stored: never changed.</summary>
public static class NotificationData
{
    /// <summary>A <see cref="Moderation.DecisionAction"/>.</summary>
    public const string Action = "action";

    /// <summary>What the moderator wrote to the member.</summary>
    public const string Message = "message";

    /// <summary>There when the image or album had been hidden before the decision.</summary>
    public const string WasHidden = "was_hidden";

    /// <summary>End of a suspension, in ISO 8601.</summary>
    public const string Until = "until";

    /// <summary>Title of the image or album; there when it is about one.</summary>
    public const string Title = "title";

    /// <summary>The beginning of the comment; there when it is about one.</summary>
    public const string Comment = "comment";

    /// <summary>A <see cref="Moderation.ModerationSubjectKind"/>; not there in notifications of releases before 0.2, which were about images and accounts.</summary>
    public const string Subject = "subject";

    /// <summary>Username of the image's owner.</summary>
    public const string Owner = "owner";

    public const string Malware = "malware";
}
