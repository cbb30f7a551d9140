using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Audit;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Moderation;

internal static class ModerationApi
{
    public static void MapModeration(this RouteGroupBuilder api)
    {
        var tagged = api.MapGroup("").WithTags("moderation");
        tagged
            .MapPost("/reports", ReportAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Tells the moderators about an image, a comment, an album or a member")
            .TakesIdempotencyKey()
            .ProducesProblem(404);

        var staff = api.MapGroup("/moderation")
            .WithTags("moderation")
            .WithoutTokens()
            .ProducesProblem(404)
            .AddEndpointFilter(AccessDenials.NoteMembersAsync);
        staff.MapGet("/reports", ReportsAsync).WithSummary("Open cases, the most reported first; staff only").ProducesProblem(400);
        staff.MapGet("/reports/{id:guid}", CaseAsync).WithSummary("One case, by its id or that of one of its reports; staff only");
        staff
            .MapPost("/reports/{id:guid}/resolve", ResolveAsync)
            .WithSummary("Decides a case; staff only")
            .ProducesProblem(400)
            .ProducesProblem(403)
            .ProducesProblem(409);
        staff.MapGet("/decisions", DecisionsAsync).WithSummary("What was decided, newest first; staff only").ProducesProblem(400);
        staff
            .MapPost("/decisions/{id:guid}/undo", UndoAsync)
            .WithSummary("Takes a decision back; staff only")
            .ProducesProblem(403)
            .ProducesProblem(409);
        staff.MapGet("/bans", BansAsync).WithSummary("Banned members, the last banned first; staff only").ProducesProblem(400);

        var users = api.MapGroup("/users")
            .WithTags("moderation")
            .WithoutTokens()
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .AddEndpointFilter(AccessDenials.NoteMembersAsync);
        users.MapPost("/{id:guid}/ban", BanAsync).WithSummary("Bans a member and signs them out everywhere; admins only").ProducesProblem(400);
        users.MapDelete("/{id:guid}/ban", UnbanAsync).WithSummary("Ends a ban or a suspension; bans: admins only");
    }

    private static async Task<Results<Created<ReportResponse>, ProblemHttpResult>> ReportAsync(
        ReportRequest request,
        FileReport reports,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (request.Reason is not { } reason)
            return new ValidationFailed("reason", ModerationTexts.ReasonNeeded).ToProblem(http);
        var subject = request.ToSubject();
        if (subject.Error is { } wrong)
            return wrong.ToProblem(http);

        var filed = await reports.FileAsync(http.GetActor(), subject.Value, reason, request.Description, cancellationToken);
        // Without a Location: what becomes of a report is for staff to read.
        return filed.Error is { } error ? error.ToProblem(http) : TypedResults.Created((string?)null, ReportResponse.From(filed.Value));
    }

    private static async Task<Results<Ok<ListResponse<CaseResponse>>, ProblemHttpResult>> ReportsAsync(
        [AsParameters] NumberedQuery query,
        IModerationQueries moderation,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var queue = await moderation.QueueAsync(http.GetActor(), query.List.Number, query.List.Size, cancellationToken);
        return queue.Error is { } error
            ? error.ToProblem(http)
            : http.OkList(
                new Page<QueueItem>(queue.Value.Items, null) { Total = new(queue.Value.Total, queue.Value.IsExact) },
                query.List,
                CaseResponse.From
            );
    }

    private static async Task<Results<Ok<CaseResponse>, ProblemHttpResult>> CaseAsync(
        Guid id,
        ICases cases,
        IModerationQueries moderation,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(id, cases, moderation, http, cancellationToken);
        return found.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(CaseResponse.From(found.Value));
    }

    private static async Task<Results<Ok<DecisionResponse>, ProblemHttpResult>> ResolveAsync(
        Guid id,
        ResolveRequest request,
        ICases cases,
        IModerationQueries moderation,
        DecideOnSubject service,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (request.Action is not { } action)
            return new ValidationFailed("action", ModerationTexts.ActionNeeded).ToProblem(http);
        var found = await FindAsync(id, cases, moderation, http, cancellationToken);
        if (found.Error is { } hidden)
            return hidden.ToProblem(http);

        var wanted = new ModerationRequest(found.Value.Subject, action)
        {
            Case = found.Value.Id,
            Note = request.Note,
            Message = request.Message,
            Until = request.Until,
        };
        var decided = await service.DecideAsync(http.GetActor(), wanted, cancellationToken);
        return decided.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(DecisionResponse.From(decided.Value));
    }

    private static async Task<Results<Ok<ListResponse<PastDecisionResponse>>, ProblemHttpResult>> DecisionsAsync(
        [AsParameters] CursorQuery query,
        IModerationQueries moderation,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await moderation.DecisionsAsync(http.GetActor(), null, query.List.After, query.List.Size, cancellationToken);
        return page.Error is { } error ? error.ToProblem(http) : http.OkList(page.Value, query.List, PastDecisionResponse.From);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(
        Guid id,
        UndoDecision service,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var undone = await service.UndoAsync(http.GetActor(), new DecisionId(id), cancellationToken);
        return undone.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ListResponse<BanResponse>>, ProblemHttpResult>> BansAsync(
        [AsParameters] CursorQuery query,
        IModerationQueries moderation,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await moderation.BansAsync(http.GetActor(), query.List.After, query.List.Size, cancellationToken);
        return page.Error is { } error ? error.ToProblem(http) : http.OkList(page.Value, query.List, BanResponse.From);
    }

    private static async Task<Results<Ok<DecisionResponse>, ProblemHttpResult>> BanAsync(
        Guid id,
        BanRequest? request,
        ModerateMembers service,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var banned = await service.BanAsync(http.GetActor(), new MemberId(id), request?.Note, request?.Message, cancellationToken);
        return banned.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(DecisionResponse.From(banned.Value));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnbanAsync(
        Guid id,
        ModerateMembers service,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var reinstated = await service.ReinstateAsync(http.GetActor(), new MemberId(id), null, null, cancellationToken);
        return reinstated.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }

    private static async Task<Result<QueueItem>> FindAsync(
        Guid id,
        ICases cases,
        IModerationQueries moderation,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var reportCase = await cases.FindAsync(new CaseId(id), cancellationToken) ?? await cases.FindAsync(new ReportId(id), cancellationToken);
        var found = reportCase is null
            ? new Core.Shared.NotFound("report")
            : await moderation.CaseAsync(http.GetActor(), reportCase.Id, cancellationToken);
        // One word for absent and hidden: two would tell a stranger which ids exist.
        return found.Error is Core.Shared.NotFound ? new Core.Shared.NotFound("report") : found;
    }
}
