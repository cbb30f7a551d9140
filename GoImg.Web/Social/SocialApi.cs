using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.SignIn;
using GoImg.Core.Social;
using GoImg.Web.Api;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Social;

internal static class SocialApi
{
    public static void MapSocial(this RouteGroupBuilder api)
    {
        var likes = api.MapGroup("").WithTags("likes").ProducesProblem(404);
        likes.MapPost("/images/{id:guid}/like", LikeAsync).WithScope(TokenScope.Write).WithSummary("Likes an image; again changes nothing");
        likes
            .MapDelete("/images/{id:guid}/like", UnlikeAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Likes an image no longer; again changes nothing");
        likes
            .MapGet("/images/{id:guid}/likes", LikesAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("Who likes an image, the last first")
            .ProducesProblem(400);
        likes
            .MapGet("/users/{id:guid}/likes", LikedAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("What a member likes and anyone may find, the last liked first")
            .ProducesProblem(400);

        var comments = api.MapGroup("").WithTags("comments").ProducesProblem(404);
        comments
            .MapGet("/images/{id:guid}/comments", CommentsAsync)
            .WithScope(TokenScope.Read)
            .AllowAnonymous()
            .WithSummary("Comments under an image, newest first")
            .ProducesProblem(400);
        comments
            .MapPost("/images/{id:guid}/comments", AddAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Writes a comment under an image")
            .TakesIdempotencyKey();
        comments.MapGet("/comments/{id:guid}", FindAsync).WithScope(TokenScope.Read).AllowAnonymous().WithSummary("A comment");
        comments
            .MapPatch("/comments/{id:guid}", EditAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Changes what a comment says; for its author, for five minutes")
            .ProducesProblem(403)
            .ProducesProblem(409)
            .ProducesProblem(412);
        comments
            .MapDelete("/comments/{id:guid}", DeleteAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Deletes a comment; for its author, the image's owner and staff")
            .ProducesProblem(403);
    }

    private static async Task<Results<Ok<LikeStateResponse>, ProblemHttpResult>> LikeAsync(Guid id, LikeService likes, HttpContext http) =>
        Answer(http, await likes.LikeAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<Results<Ok<LikeStateResponse>, ProblemHttpResult>> UnlikeAsync(Guid id, LikeService likes, HttpContext http) =>
        Answer(http, await likes.UnlikeAsync(http.GetActor(), new ImageId(id), http.RequestAborted));

    private static async Task<Results<Ok<ListResponse<LikeResponse>>, ProblemHttpResult>> LikesAsync(
        Guid id,
        [AsParameters] ListQuery query,
        HttpContext http,
        IImageQueries images,
        StaffViews views,
        ILikeQueries likes
    )
    {
        if ((query.Check() ?? await LookAsync(http, id, images, views)) is { } error)
            return error.ToProblem(http);
        var page = await likes.ByImageAsync(http.GetActor(), new ImageId(id), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, LikeResponse.From);
    }

    private static async Task<Results<Ok<ListResponse<ImageItemResponse>>, ProblemHttpResult>> LikedAsync(
        Guid id,
        [AsParameters] ListQuery query,
        HttpContext http,
        MemberService members,
        ILikeQueries likes,
        ApiLinks links
    )
    {
        if ((query.Check() ?? (await members.GetAsync(http.GetActor(), new MemberId(id), http.RequestAborted)).Error) is { } error)
            return error.ToProblem(http);
        var page = await likes.ByMemberAsync(new MemberId(id), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, tile => ImageItemResponse.From(tile, links));
    }

    private static async Task<Results<Ok<ListResponse<CommentResponse>>, ProblemHttpResult>> CommentsAsync(
        Guid id,
        [AsParameters] ListQuery query,
        HttpContext http,
        IImageQueries images,
        StaffViews views,
        ICommentQueries comments
    )
    {
        if ((query.Check() ?? await LookAsync(http, id, images, views)) is { } error)
            return error.ToProblem(http);
        var page = await comments.ByImageAsync(http.GetActor(), new ImageId(id), query.Wanted, http.RequestAborted);
        return http.OkList(page, query, CommentResponse.From);
    }

    private static async Task<Results<Created<CommentResponse>, ProblemHttpResult>> AddAsync(
        Guid id,
        CommentRequest request,
        HttpContext http,
        CommentService service,
        ICommentQueries comments,
        ApiLinks links
    )
    {
        var actor = http.GetActor();
        var added = await service.AddAsync(actor, new ImageId(id), request.Text, http.RequestAborted);
        if (added.Error is { } error)
            return error.ToProblem(http);
        // Saved: the answer is not cut short.
        return await comments.FindAsync(actor, added.Value, CancellationToken.None) is { } comment
            ? TypedResults.Created(links.Resource($"comments/{added.Value}"), CommentResponse.From(comment))
            : new Core.Shared.NotFound("comment").ToProblem(http);
    }

    private static async Task<Results<Versioned<CommentResponse>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        ICommentQueries comments,
        IImageQueries images,
        StaffViews views
    )
    {
        if (await comments.FindAsync(http.GetActor(), new CommentId(id), http.RequestAborted) is not { } comment)
            return new Core.Shared.NotFound("comment").ToProblem(http);
        return await LookAsync(http, comment.ImageId.Value, images, views) is { } hidden ? hidden.ToProblem(http) : Versioned(comment);
    }

    private static async Task<Results<Versioned<CommentResponse>, ProblemHttpResult>> EditAsync(
        Guid id,
        CommentRequest request,
        HttpContext http,
        CommentService service,
        ICommentQueries comments
    )
    {
        var (actor, comment) = (http.GetActor(), new CommentId(id));
        if (http.HasIfMatch() && await comments.FindAsync(actor, comment, http.RequestAborted) is { } before)
        {
            if (http.CheckIfMatch(before.Version) is { } other)
                return other.ToProblem(http);
        }

        var edited = await service.EditAsync(actor, comment, request.Text, http.RequestAborted);
        if (edited.Error is { } error)
            return error.UnderIfMatch(http).ToProblem(http);
        return await comments.FindAsync(actor, comment, CancellationToken.None) is { } after
            ? Versioned(after)
            : new Core.Shared.NotFound("comment").ToProblem(http);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, HttpContext http, CommentService service)
    {
        var deleted = await service.DeleteAsync(http.GetActor(), new CommentId(id), http.RequestAborted);
        return deleted.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }

    private static Versioned<CommentResponse> Versioned(CommentView comment) => new(CommentResponse.From(comment), comment.Version);

    private static Results<Ok<LikeStateResponse>, ProblemHttpResult> Answer(HttpContext http, Result<LikeState> state) =>
        state.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(new LikeStateResponse(state.Value.Liked, state.Value.Count));

    /// <summary>What stands under an image is for who may open it; a look of staff is noted.</summary>
    private static async Task<Error?> LookAsync(HttpContext http, Guid id, IImageQueries images, StaffViews views)
    {
        var actor = http.GetActor();
        if (await images.FindFileAsync(actor, new ImageId(id), http.RequestAborted) is not { } image)
            return new Core.Shared.NotFound("image");
        await views.AuditPrivateViewAsync(actor, image, http.RequestAborted);
        return null;
    }
}
