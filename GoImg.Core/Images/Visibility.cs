namespace GoImg.Core.Images;

/// <summary>Who may see a thing. Compared only by ImageAccess and AlbumAccess.</summary>
public enum Visibility
{
    /// <summary>Its owner and staff.</summary>
    Private,

    /// <summary>Anyone with the link; in no list, search, feed or profile.</summary>
    Unlisted,
    Public,
}

public enum ContentRating
{
    Safe,

    /// <summary>Covered until the visitor asks to see it.</summary>
    Nsfw,
}
