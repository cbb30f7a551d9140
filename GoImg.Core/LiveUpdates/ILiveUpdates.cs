using GoImg.Core.Accounts;

namespace GoImg.Core.LiveUpdates;

/// <summary>Something that a member's open pages may want to redraw for.</summary>
/// <param name="Kind">Of the thing that changed, such as <c>image</c>: at most 20 lower-case letters.</param>
public sealed record LiveUpdate(MemberId MemberId, string Kind, Guid Id);

/// <summary>Tells open pages on every node that something changed. Best effort: a listener that was away reads the state again.</summary>
public interface ILiveUpdates
{
    Task PublishAsync(LiveUpdate update, CancellationToken cancellationToken);

    /// <summary>Calls <paramref name="listener"/> on a pool thread for each update for that member until disposed.</summary>
    IDisposable Subscribe(MemberId member, Action<LiveUpdate> listener);
}
