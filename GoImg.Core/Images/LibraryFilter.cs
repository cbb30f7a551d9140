namespace GoImg.Core.Images;

/// <summary>Which of the owner's images a page of the library lists; null does not narrow.</summary>
public sealed record LibraryFilter(Visibility? Visibility = null, LibraryShelf? Shelf = null)
{
    public static readonly LibraryFilter All = new();
}

/// <summary>The states an owner tells apart.</summary>
public enum LibraryShelf
{
    Ready,
    Processing,

    /// <summary>Failed, or quarantined because of malware.</summary>
    Failed,

    /// <summary>Held back by moderation.</summary>
    Held,
}
