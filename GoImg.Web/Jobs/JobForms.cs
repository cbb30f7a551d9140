using GoImg.Core.Accounts;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Jobs;

/// <summary>What the page of jobs posts to.</summary>
internal static class JobForms
{
    private const string Page = "/moderation/jobs";

    public static void MapJobForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup(Page).RequireAuthorization(new AuthorizeAttribute { Roles = nameof(Role.Admin) }).ExcludeFromDescription();
        forms.MapPost("/retry", RetryAsync);
        forms.MapPost("/discard", DiscardAsync);
    }

    private static async Task<IResult> RetryAsync(
        HttpContext http,
        ManageJobs jobs,
        [FromForm] Guid? id,
        [FromForm] string? kind,
        CancellationToken cancellationToken
    ) =>
        id is { } one
            ? PostRedirect.Back(http, Page, await jobs.RetryAsync(http.GetActor(), one, cancellationToken), new Flash(JobTexts.RunsAgain))
            : Answer(http, await jobs.RetryAllAsync(http.GetActor(), kind ?? "", cancellationToken), JobTexts.RunAgain);

    private static async Task<IResult> DiscardAsync(
        HttpContext http,
        ManageJobs jobs,
        [FromForm] Guid? id,
        [FromForm] string? kind,
        CancellationToken cancellationToken
    ) =>
        id is { } one
            ? PostRedirect.Back(http, Page, await jobs.DiscardAsync(http.GetActor(), one, cancellationToken), new Flash(JobTexts.Forgotten))
            : Answer(http, await jobs.DiscardAllAsync(http.GetActor(), kind ?? "", cancellationToken), JobTexts.AreForgotten);

    private static IResult Answer(HttpContext http, Result<int> all, string done) =>
        all.Error is { } error ? PostRedirect.Back(http, Page, error, null) : PostRedirect.Back(http, Page, new Flash(done.With(all.Value)));
}
