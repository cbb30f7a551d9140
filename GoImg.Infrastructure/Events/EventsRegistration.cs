using GoImg.Core.Events;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GoImg.Infrastructure.Events;

/// <summary>The one place where what follows from a change is said: jobs in its commit, reactions after it. An event type may be an interface that several events have.</summary>
public static class EventsRegistration
{
    internal static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton(EventCatalog.OfCore);
        services.AddScoped<RecordedEvents>();
        services.AddScoped<EventDispatcher>();
        services.AddJobHandler<DeliverEventJob, DeliverEvent>(concurrency: 4);
        return services;
    }

    /// <summary>Enqueues a job in the commit of each such event; null enqueues none.</summary>
    public static IServiceCollection AddEventJob<TEvent, TJob>(
        this IServiceCollection services,
        Func<TEvent, TJob?> job,
        Func<TEvent, TimeProvider, JobOptions>? options = null
    )
        where TJob : class, IJob =>
        services.AddSingleton(
            new EventJob(
                typeof(TEvent),
                (happened, queue, scope) =>
                {
                    var of = (TEvent)(object)happened;
                    if (job(of) is { } follows)
                        queue.Enqueue(follows, options?.Invoke(of, scope.GetRequiredService<TimeProvider>()));
                }
            )
        );

    /// <summary>Has <typeparamref name="TSubscriber"/> called in a job of its own for each such event.</summary>
    /// <param name="name">In stored jobs, such as <c>notifications.quarantine</c>; never changed.</param>
    public static IServiceCollection AddEventSubscriber<TEvent, TSubscriber>(this IServiceCollection services, string name)
        where TEvent : DomainEvent
        where TSubscriber : class, IEventSubscriber<TEvent>
    {
        services.TryAddScoped<TSubscriber>();
        services.AddSingleton(EventSubscription.Of<TEvent, TSubscriber>(name));
        return services.AddSingleton(
            new EventJob(
                typeof(TEvent),
                (happened, queue, scope) =>
                {
                    var (@event, version, data) = scope.GetRequiredService<EventCatalog>().Write(happened);
                    var now = scope.GetRequiredService<TimeProvider>().GetUtcNow();
                    queue.Enqueue(new DeliverEventJob(name, @event, version, Guid.CreateVersion7(now), now, data));
                }
            )
        );
    }

    /// <summary>Calls <paramref name="react"/> on this node after each commit with such an event, once for equal ones. It has to be quick; its failure is logged.</summary>
    public static IServiceCollection AddEventReaction<TEvent>(this IServiceCollection services, Func<IServiceProvider, TEvent, Task> react) =>
        services.AddSingleton(new EventReaction(typeof(TEvent), (scope, happened) => react(scope, (TEvent)(object)happened)));
}
