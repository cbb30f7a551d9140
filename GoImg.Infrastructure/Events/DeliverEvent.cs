using System.Text.Json;
using System.Text.Json.Nodes;
using GoImg.Core.Events;
using GoImg.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Events;

/// <summary>Delivers one event to one subscriber. Its JSON is read by later releases.</summary>
internal sealed record DeliverEventJob(string Subscriber, string Event, int Version, Guid EventId, DateTimeOffset At, JsonObject Data) : IJob
{
    public static string Kind => "event.deliver";
}

internal sealed class DeliverEvent(EventCatalog catalog, IEnumerable<EventSubscription> subscriptions, IServiceProvider scope)
    : IJobHandler<DeliverEventJob>
{
    /// <summary>Throws <see cref="JsonException"/> on an event that can't be read: the job fails and can be run again by a release that reads it.</summary>
    public Task<JobOutcome> HandleAsync(DeliverEventJob job, JobAttempt attempt, CancellationToken cancellationToken) =>
        subscriptions.FirstOrDefault(s => s.Name == job.Subscriber) is { } subscription
            ? subscription.HandleAsync(
                scope,
                catalog.Read(job.Event, job.Version, job.Data),
                new EventDelivery(job.EventId, job.At),
                cancellationToken
            )
            // It went with a release; no one waits for it any more.
            : Task.FromResult<JobOutcome>(new JobOutcome.Done());
}

/// <param name="Name">In stored jobs, such as <c>notifications.quarantine</c>; never changed.</param>
internal sealed record EventSubscription(
    string Name,
    Func<IServiceProvider, DomainEvent, EventDelivery, CancellationToken, Task<JobOutcome>> HandleAsync
)
{
    public static EventSubscription Of<TEvent, TSubscriber>(string name)
        where TEvent : DomainEvent
        where TSubscriber : IEventSubscriber<TEvent> =>
        new(
            name,
            (scope, happened, delivery, cancellationToken) =>
                scope.GetRequiredService<TSubscriber>().HandleAsync((TEvent)happened, delivery, cancellationToken)
        );
}
