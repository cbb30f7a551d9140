using GoImg.Core.Events;

namespace GoImg.Core.Jobs;

/// <summary>Does what follows from an event, in a job of its own that was saved with the event.</summary>
public interface IEventSubscriber<in TEvent>
    where TEvent : DomainEvent
{
    /// <summary>As <see cref="IJobHandler{TJob}.HandleAsync"/>: it may be called twice, also at once, and its commits are fenced.</summary>
    Task<JobOutcome> HandleAsync(TEvent happened, EventDelivery delivery, CancellationToken cancellationToken);
}

/// <param name="EventId">The same each time this event is delivered, to anyone.</param>
public sealed record EventDelivery(Guid EventId, DateTimeOffset At);
