namespace GoImg.Core.Moderation;

/// <summary>How many cases are open, as it was a few seconds ago: for the frame of every page of staff, which counts nothing itself.</summary>
public interface IOpenCaseCount
{
    /// <summary>Where counting ends; there may be more.</summary>
    const int Limit = 100;

    /// <summary>At most <see cref="Limit"/>.</summary>
    int Current { get; }

    /// <summary>Counts at once, for who has just changed the number and looks at it next.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
