using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>Slugs before and after an image in the list one came from; null at the ends.</summary>
public sealed record ImageNeighbours(string? Newer, string? Older);

public interface IImageNeighbours
{
    /// <summary>What the actor may not see is passed over.</summary>
    Task<ImageNeighbours> FindAsync(Actor actor, string slug, ImageContext context, CancellationToken cancellationToken);
}
