namespace GoImg.Core.Albums;

/// <summary>What moderators made of it.</summary>
public enum AlbumState
{
    Active,

    /// <summary>Hidden from all but its owner and staff until decided.</summary>
    Held,

    /// <summary>Hidden in the same way, as the decision.</summary>
    Removed,
}

/// <summary>What a moderator's decision may change about an album, for taking it back.</summary>
public sealed record AlbumModerationState(AlbumState State, string? ModerationReason);
