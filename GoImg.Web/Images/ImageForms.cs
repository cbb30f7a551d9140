using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Images;

/// <summary>What the small forms of the image page post to.</summary>
internal static class ImageForms
{
    public static void MapImageForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/i/{slug}").RequireAuthorization().ExcludeFromDescription();
        forms.MapPost("/trash", MoveToTrashAsync);
        forms.MapPost("/restore", RestoreAsync);
        forms.MapPost("/retry", RetryAsync);
    }

    private static Task<IResult> MoveToTrashAsync(
        HttpContext http,
        string slug,
        IImageQueries queries,
        Trash trash,
        IImageUrls urls,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl ?? "/library",
            new Flash(ImageTexts.MovedToTrash.With(Trash.Retention.Days), ShellTexts.Undo, urls.Action(slug, "restore")),
            (actor, image) => trash.MoveAsync(actor, image, cancellationToken),
            cancellationToken
        );

    private static Task<IResult> RestoreAsync(
        HttpContext http,
        string slug,
        IImageQueries queries,
        Trash trash,
        IImageUrls urls,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl ?? urls.Page(slug),
            new Flash(ImageTexts.Restored),
            (actor, image) => trash.RestoreAsync(actor, image, cancellationToken),
            cancellationToken
        );

    private static Task<IResult> RetryAsync(
        HttpContext http,
        string slug,
        IImageQueries queries,
        ImageService images,
        IImageUrls urls,
        [FromForm(Name = "return_url")] string? returnUrl,
        CancellationToken cancellationToken
    ) =>
        ActAsync(
            http,
            slug,
            queries,
            returnUrl ?? urls.Page(slug),
            new Flash(ShellTexts.TryingAgain),
            (actor, image) => images.RetryAsync(actor, image, cancellationToken),
            cancellationToken
        );

    private static async Task<IResult> ActAsync(
        HttpContext http,
        string slug,
        IImageQueries queries,
        string returnUrl,
        Flash done,
        Func<Actor, ImageId, Task<Result>> act,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        return await queries.FindFileAsync(actor, slug, cancellationToken) is { } image
            ? PostRedirect.Back(http, returnUrl, await act(actor, image.Id), done)
            : Results.NotFound();
    }
}
