using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Moderation;

/// <summary>What the forms of the moderators' pages post to. Each decision leaves a toast with its undo and leads to the next case.</summary>
internal static class ModerationForms
{
    public static void MapModerationForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes
            .MapGroup("/moderation")
            .RequireAuthorization(new AuthorizeAttribute { Roles = ModerationLabels.Staff })
            .ExcludeFromDescription()
            .AddEndpointFilter(CountAsync);
        forms.MapPost("/decide", DecideAsync);
        forms.MapPost("/cases/{id:guid}/claim", ClaimAsync);
        forms.MapPost("/cases/{id:guid}/release", ReleaseAsync);
        forms.MapPost("/decisions/{id:guid}/undo", UndoAsync);
        forms.MapPost("/members/{id:guid}/decide", DecideOnMemberAsync);
        forms.MapPost("/members/{id:guid}/role", ChangeRoleAsync);
    }

    // The page that follows shows the number of cases, and its reader knows what it must be.
    private static async ValueTask<object?> CountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        await context.HttpContext.RequestServices.GetRequiredService<IOpenCaseCount>().RefreshAsync(CancellationToken.None);
        return answer;
    }

    private static async Task<IResult> DecideAsync(
        HttpContext http,
        DecideOnSubject service,
        TimeProvider time,
        [FromForm] string about,
        [FromForm(Name = "case")] string? caseId,
        [FromForm] DecisionAction action,
        [FromForm] string? note,
        [FromForm] string? message,
        [FromForm] int? days,
        [FromForm] string? refused,
        CancellationToken cancellationToken
    )
    {
        if (!ModerationSubject.TryParse(about, out var subject))
            return Results.BadRequest();

        var request = new ModerationRequest(subject, action)
        {
            Case = Guid.TryParse(caseId, out var id) ? new CaseId(id) : null,
            Note = note,
            Message = message,
            Until = Until(time, days),
        };
        var decided = await service.DecideAsync(http.GetActor(), request, cancellationToken);
        return Answer(http, "/moderation", refused ?? CaseOf(about), decided);
    }

    private static async Task<IResult> DecideOnMemberAsync(
        HttpContext http,
        ModerateMembers service,
        IMembers members,
        TimeProvider time,
        Guid id,
        [FromForm] DecisionAction action,
        [FromForm] string? note,
        [FromForm] string? message,
        [FromForm] int? days,
        [FromForm] string? refused,
        CancellationToken cancellationToken
    )
    {
        var (actor, member) = (http.GetActor(), new MemberId(id));
        var decided = action switch
        {
            DecisionAction.Suspend => await service.SuspendAsync(actor, member, Until(time, days), note, message, cancellationToken),
            DecisionAction.Ban => await service.BanAsync(actor, member, note, message, cancellationToken),
            DecisionAction.Reinstate => await service.ReinstateAsync(actor, member, note, message, cancellationToken),
            _ => new ValidationFailed("action", ModerationTexts.NotForAccounts),
        };
        var record = await RecordOf(members, member, cancellationToken);
        return Answer(http, record, refused ?? record, decided);
    }

    private static async Task<IResult> ChangeRoleAsync(
        HttpContext http,
        ModerateMembers service,
        IMembers members,
        Guid id,
        [FromForm] Role role,
        CancellationToken cancellationToken
    )
    {
        var changed = await service.ChangeRoleAsync(http.GetActor(), new MemberId(id), role, cancellationToken);
        return PostRedirect.Back(
            http,
            await RecordOf(members, new MemberId(id), cancellationToken),
            changed,
            new Flash(ModerationTexts.RoleChanged.With(ModerationLabels.Of(role)))
        );
    }

    private static async Task<IResult> ClaimAsync(
        HttpContext http,
        ClaimCase service,
        Guid id,
        [FromForm] string? about,
        CancellationToken cancellationToken
    ) =>
        PostRedirect.Back(
            http,
            CaseOf(about),
            await service.ClaimAsync(http.GetActor(), new CaseId(id), cancellationToken),
            new Flash(ModerationTexts.Claimed)
        );

    private static async Task<IResult> ReleaseAsync(
        HttpContext http,
        ClaimCase service,
        Guid id,
        [FromForm] string? about,
        CancellationToken cancellationToken
    ) =>
        PostRedirect.Back(
            http,
            CaseOf(about),
            await service.ReleaseAsync(http.GetActor(), new CaseId(id), cancellationToken),
            new Flash(ModerationTexts.Released)
        );

    // The form holds nothing else, and is bound so that its antiforgery token is checked.
    private static async Task<IResult> UndoAsync(
        HttpContext http,
        UndoDecision service,
        Guid id,
        string? returnUrl,
        IFormCollection form,
        CancellationToken cancellationToken
    ) =>
        PostRedirect.Back(
            http,
            returnUrl ?? "/moderation",
            await service.UndoAsync(http.GetActor(), new DecisionId(id), cancellationToken),
            new Flash(ModerationTexts.Undone)
        );

    private static IResult Answer(HttpContext http, string doneUrl, string refusedUrl, Result<Decision> decided) =>
        decided.Error is { } error
            ? PostRedirect.Back(http, refusedUrl, error, null)
            : PostRedirect.Back(
                http,
                doneUrl,
                new Flash(
                    ModerationLabels.Done(decided.Value.SubjectKind, decided.Value.Action) + ".",
                    ShellTexts.Undo,
                    $"/moderation/decisions/{decided.Value.Id}/undo?returnUrl={Uri.EscapeDataString(doneUrl)}"
                )
            );

    // The case that was on the page stays there: the buttons below the hand must go on meaning the same picture.
    private static string CaseOf(string? about) =>
        ModerationSubject.TryParse(about, out var subject) ? $"/moderation?about={Uri.EscapeDataString(subject.ToString())}" : "/moderation";

    private static async Task<string> RecordOf(IMembers members, MemberId id, CancellationToken cancellationToken) =>
        await members.FindAsync(id, cancellationToken) is { } member ? $"/moderation/members/{member.Username}" : "/moderation/members";

    // What is too long or not at all is the service's to refuse.
    private static DateTimeOffset Until(TimeProvider time, int? days) => time.GetUtcNow().AddDays(Math.Clamp(days ?? 7, 0, 1000));
}
