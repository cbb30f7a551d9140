using GoImg.Core.Accounts;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.LiveUpdates;

namespace GoImg.Tests.Caching;

/// <summary>Signals of several nodes that arrive when a test says so.</summary>
internal sealed class FakeSignals : IChangeSignals
{
    private readonly List<Action<string?>> _listeners = [];

    public bool AreHeard { get; set; } = true;

    public Task SendAsync(string payload, CancellationToken cancellationToken)
    {
        _listeners.ForEach(listener => listener(payload));
        return Task.CompletedTask;
    }

    /// <summary>Another node tells of a change to a member.</summary>
    public Task TellAsync(Guid member) =>
        SendAsync(ChangePayload.Of(new LiveUpdate(new MemberId(member), ChangePayload.OfMember, member)), CancellationToken.None);

    public void Gap() => _listeners.ForEach(listener => listener(null));

    public IDisposable Subscribe(Action<string?> listener)
    {
        _listeners.Add(listener);
        return new Nothing();
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose() { }
    }
}
