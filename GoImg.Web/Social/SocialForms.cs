using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Social;

/// <summary>What the forms for likes and comments post to.</summary>
internal static class SocialForms
{
    public static void MapSocialForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        forms.MapPost("/i/{slug}/like", LikeAsync);
        forms.MapPost("/i/{slug}/unlike", UnlikeAsync);
        forms.MapPost("/comments/{id:guid}/delete", DeleteCommentAsync);
        forms.MapPost("/comments/{id:guid}/restore", RestoreCommentAsync);
    }

    private static Task<IResult> LikeAsync(
        HttpContext http,
        string slug,
        IImageQueries images,
        LikeService likes,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) => SetAsync(http, slug, images, returnUrl, (actor, image) => likes.LikeAsync(actor, image, cancellationToken), cancellationToken);

    private static Task<IResult> UnlikeAsync(
        HttpContext http,
        string slug,
        IImageQueries images,
        LikeService likes,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) => SetAsync(http, slug, images, returnUrl, (actor, image) => likes.UnlikeAsync(actor, image, cancellationToken), cancellationToken);

    private static async Task<IResult> SetAsync(
        HttpContext http,
        string slug,
        IImageQueries images,
        string? returnUrl,
        Func<Actor, ImageId, Task<Result<LikeState>>> set,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        if (await images.FindFileAsync(actor, slug, cancellationToken) is not { } image)
            return Results.NotFound();
        var state = await set(actor, image.Id);
        if (state.Error is { } error)
            return PostRedirect.Back(http, returnUrl, error, null);

        // The page's own script asks for the number instead of the page.
        return http.Request.Headers.Accept == "application/json"
            ? Results.Json(new { liked = state.Value.Liked, count = state.Value.Count })
            : PostRedirect.Back(http, returnUrl, null);
    }

    private static async Task<IResult> DeleteCommentAsync(
        HttpContext http,
        Guid id,
        CommentService comments,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    )
    {
        var deleted = await comments.DeleteAsync(http.GetActor(), new CommentId(id), cancellationToken);
        return PostRedirect.Back(
            http,
            returnUrl,
            deleted,
            new Flash(SocialTexts.CommentDeleted, ShellTexts.Undo, $"/comments/{id}/restore?returnUrl={Uri.EscapeDataString(returnUrl ?? "/")}")
        );
    }

    // The form is bound, though it holds nothing else, so that its antiforgery token is checked.
    private static async Task<IResult> RestoreCommentAsync(
        HttpContext http,
        Guid id,
        CommentService comments,
        string? returnUrl,
        IFormCollection form,
        CancellationToken cancellationToken
    ) =>
        PostRedirect.Back(
            http,
            returnUrl,
            await comments.RestoreAsync(http.GetActor(), new CommentId(id), cancellationToken),
            new Flash(SocialTexts.CommentBack)
        );
}
