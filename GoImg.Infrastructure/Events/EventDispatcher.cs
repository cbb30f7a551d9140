using GoImg.Core.Events;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Events;

/// <summary>Turns events into what was registered for them (<see cref="EventsRegistration"/>).</summary>
internal sealed partial class EventDispatcher(
    IEnumerable<EventJob> jobs,
    IEnumerable<EventReaction> reactions,
    IServiceProvider services,
    ILogger<EventDispatcher> logger
)
{
    /// <summary>Before the commit, so that the jobs are saved with what they follow from.</summary>
    public void Enqueue(IReadOnlyList<DomainEvent> events, EnqueuedJobs queue)
    {
        foreach (var happened in events)
        foreach (var job in jobs)
        {
            if (job.EventType.IsInstanceOfType(happened))
                job.Enqueue(happened, queue, services);
        }
    }

    /// <summary>After the commit. What is saved is saved: a reaction that fails is logged.</summary>
    public async Task ReactAsync(IReadOnlyList<DomainEvent> events)
    {
        foreach (var reaction in reactions)
        foreach (var happened in events.Where(reaction.EventType.IsInstanceOfType).Distinct())
        {
            try
            {
                await reaction.ReactAsync(services, happened);
            }
            catch (Exception failure)
            {
                LogFailed(logger, happened.GetType().Name, failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A reaction to {Event} failed; what happened is saved.")]
    private static partial void LogFailed(ILogger logger, string @event, Exception failure);
}

/// <summary>A job that follows from an event, in the same commit.</summary>
internal sealed record EventJob(Type EventType, Action<DomainEvent, EnqueuedJobs, IServiceProvider> Enqueue);

/// <summary>What this node does at once after the commit of an event.</summary>
internal sealed record EventReaction(Type EventType, Func<IServiceProvider, DomainEvent, Task> ReactAsync);
