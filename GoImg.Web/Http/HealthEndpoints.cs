using GoImg.Core.Health;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Http;

/// <summary>For load balancers and monitors. Anyone may ask, so no version, path or message is told; <c>goimg doctor</c> tells those.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("health").AnswerHeadLikeGet();
        health.MapGet("/live", Live).WithSummary("The process answers");
        health
            .MapGet("/ready", ReadyAsync)
            .WithSummary("What GoImg stands on: ok, degraded or down, each and in all")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthResponse> Live() => TypedResults.Ok(new HealthResponse(DependencyState.Ok, null, null));

    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(IReadiness readiness, CancellationToken cancellationToken)
    {
        var report = await readiness.CheckAsync(cancellationToken);
        var answer = new HealthResponse(
            report.State,
            [.. report.Dependencies.Where(d => !d.IsOff).Select(d => new DependencyResponse(d.Name, d.State, d.Note))],
            [.. report.Dependencies.Where(d => d.IsOff).Select(d => new DisabledResponse(d.Name, d.Note))]
        );
        return TypedResults.Json(
            answer,
            statusCode: report.State == DependencyState.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK
        );
    }
}

/// <param name="Status">Ok when everything that is switched on works.</param>
/// <param name="Disabled">What is switched off or not installed here.</param>
public sealed record HealthResponse(
    DependencyState Status,
    IReadOnlyList<DependencyResponse>? Dependencies,
    IReadOnlyList<DisabledResponse>? Disabled
);

public sealed record DisabledResponse(string Name, string Note);

public sealed record DependencyResponse(string Name, DependencyState Status, string Note);
