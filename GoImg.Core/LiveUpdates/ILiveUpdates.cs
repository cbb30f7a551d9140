using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.LiveUpdates;

/// <summary>Something a member's open pages may want to redraw for.</summary>
public sealed record ImageChanged(MemberId OwnerId, ImageId ImageId);

/// <summary>Tells open pages on every node that something changed. Best effort: a listener that was away reads the state anew.</summary>
public interface ILiveUpdates
{
    Task PublishAsync(ImageChanged change, CancellationToken cancellationToken);

    /// <summary>Calls <paramref name="listener"/> on a pool thread for each change of that member's images until disposed.</summary>
    IDisposable Subscribe(MemberId owner, Action<ImageChanged> listener);
}
