namespace GoImg.Core.RateLimits;

/// <summary>What is counted so that no one takes it all.</summary>
public enum RateLimitedAction
{
    /// <summary>A request of a visitor, by address.</summary>
    Request,

    /// <summary>A page or rendition, by address: many belong to one look.</summary>
    Page,

    /// <summary>A style, a script, an icon, by address: every page has many, and browsers keep them.</summary>
    Asset,

    /// <summary>A question for the health of a node, by address.</summary>
    Health,

    /// <summary>A request of a resumable upload: many belong to one file. Of a member, so that a folder on its way takes no page from who sits beside them.</summary>
    UploadRequest,

    /// <summary>A request of a member, wherever it comes from.</summary>
    MemberRequest,

    /// <summary>By address; wrong passwords are counted per account besides.</summary>
    SignIn,

    /// <summary>By address.</summary>
    Registration,

    Upload,

    /// <summary>An upload in a member's first days.</summary>
    NewMemberUpload,

    Comment,
    Report,
    Export,
}
