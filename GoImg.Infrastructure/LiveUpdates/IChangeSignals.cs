namespace GoImg.Infrastructure.LiveUpdates;

/// <summary>Tells every node, this one too, what was changed: open pages redraw, and what is remembered is forgotten.</summary>
internal interface IChangeSignals
{
    /// <summary>Whatever another node sends now is heard here. False from the moment when it may be missed; true again after the call with null.</summary>
    bool AreHeard { get; }

    /// <summary>Throws <see cref="Npgsql.NpgsqlException"/> when no node can be told.</summary>
    Task SendAsync(string payload, CancellationToken cancellationToken);

    /// <summary>Calls <paramref name="listener"/> with each payload, perhaps more than once, and with null after a gap. It must be quick and not throw.</summary>
    IDisposable Subscribe(Action<string?> listener);
}
