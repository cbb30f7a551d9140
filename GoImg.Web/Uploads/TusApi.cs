using GoImg.Core.Rendering;
using GoImg.Core.Uploads;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace GoImg.Web.Uploads;

/// <summary>Resumable uploads: tus 1.0.0 with the extensions creation, creation-with-upload, termination, checksum and expiration.
/// The same endpoints stand below the API for its tokens and below <c>/uploads</c> for the tray and its cookie.</summary>
internal static class TusApi
{
    public static void MapTus(this RouteGroupBuilder uploads)
    {
        uploads.WithTags("uploads").AddEndpointFilter(CheckVersionAsync);
        uploads.MapMethods("", [HttpMethods.Options], Options).AllowAnonymous().WithSummary("What of tus 1.0.0 this server speaks").Produces(204);
        uploads
            .MapPost("", CreateAsync)
            .WithSummary("Begins a resumable upload, with its first bytes or all of them in the body if wanted (tus creation, creation-with-upload)")
            .Produces(201)
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422)
            .ProducesProblem(460)
            .ProducesProblem(507);
        uploads
            .MapMethods("/{id:guid}", [HttpMethods.Head], FindAsync)
            .WithSummary("How many bytes of an upload are here, and once it is finished, which image it became")
            .Produces(200)
            .ProducesProblem(404)
            .ProducesProblem(410);
        uploads
            .MapPatch("/{id:guid}", AppendAsync)
            .WithSummary("The next bytes; the last of them make the image, named in GoImg-Image-Id")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(410)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422)
            .ProducesProblem(423)
            .ProducesProblem(460)
            .ProducesProblem(507);
        uploads
            .MapDelete("/{id:guid}", RemoveAsync)
            .WithSummary("Ends an upload and frees what it holds (tus termination)")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(410);
        uploads
            .MapMethods("/{id:guid}", [HttpMethods.Options], Options)
            .AllowAnonymous()
            .WithSummary("What of tus 1.0.0 this server speaks")
            .Produces(204);
        uploads
            .MapPost("/{id:guid}", OverrideAsync)
            .WithSummary("PATCH, HEAD or DELETE for clients that can't send them: named in X-HTTP-Method-Override")
            .Produces(204)
            .ProducesProblem(405);
    }

    private static IResult Options(HttpResponse response, ImageLimits limits) => TusResponse.Capabilities(response, limits);

    private static async Task<IResult> CreateAsync(
        HttpContext http,
        BeginUpload begin,
        ReceiveUpload receive,
        RemoveUpload removal,
        [FromHeader(Name = "Upload-Length")] string? length,
        [FromHeader(Name = TusMetadata.Header)] string? metadata,
        [FromHeader(Name = TusChecksumHeader.Header)] string? checksum
    )
    {
        if (TusRequest.Unsupported(http) is { } unsupported)
            return TusResponse.Problem(http, unsupported);
        if (TusRequest.Number(length) is not { } lengthBytes)
            return TusResponse.Problem(http, TusErrors.NotANumber("Upload-Length"));
        var file = TusMetadata.Read(lengthBytes, metadata ?? "");
        if (file.Error is { } unfit)
            return TusResponse.Problem(http, unfit);
        var body = TusRequest.FirstBytes(http, checksum);
        if (body.Error is { } malformed)
            return TusResponse.Problem(http, malformed);

        var begun = await begin.BeginAsync(http.GetActor(), file.Value, http.RequestAborted);
        if (begun.Error is { } refused)
            return TusResponse.Problem(http, refused);
        var standing = new UploadStatus(begun.Value, null);
        if (body.Value is { } first)
        {
            var received = await receive.ReceiveAsync(http.GetActor(), begun.Value.Id, first, http.RequestAborted);
            // Whatever went wrong, the client has not been told the upload's address and can't come back to it.
            if (received.Error is { } failed)
            {
                await removal.DiscardAsync(begun.Value.Id);
                return TusResponse.Problem(http, failed);
            }

            standing = received.Value;
        }

        TusResponse.Write(http.Response, standing);
        return TypedResults.Created($"{http.Request.Path.Value!.TrimEnd('/')}/{begun.Value.Id}");
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, FindUpload find)
    {
        // Asked by the protocol: a kept answer would send the client back to an old offset.
        http.Response.Headers.CacheControl = "no-store";
        var found = await find.FindAsync(http.GetActor(), new UploadId(id), http.RequestAborted);
        if (found.Error is { } hidden)
            return TusResponse.Problem(http, hidden);

        var upload = found.Value.Upload;
        TusResponse.Write(http.Response, found.Value);
        http.Response.Headers["Upload-Length"] = TusResponse.Number(upload.LengthBytes);
        if (upload.Metadata.Length > 0)
            http.Response.Headers[TusMetadata.Header] = upload.Metadata;
        return TypedResults.Ok();
    }

    private static async Task<IResult> AppendAsync(
        Guid id,
        HttpContext http,
        ReceiveUpload receive,
        [FromHeader(Name = "Upload-Offset")] string? offset,
        [FromHeader(Name = TusChecksumHeader.Header)] string? checksum
    )
    {
        if (TusRequest.Number(offset) is not { } offsetBytes)
            return TusResponse.Problem(http, TusErrors.NotANumber("Upload-Offset"));
        var body = TusRequest.Bytes(http, offsetBytes, checksum);
        if (body.Error is { } malformed)
            return TusResponse.Problem(http, malformed);

        var received = await receive.ReceiveAsync(http.GetActor(), new UploadId(id), body.Value, http.RequestAborted);
        if (received.Error is { } refused)
            return TusResponse.Problem(http, refused);
        TusResponse.Write(http.Response, received.Value);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext http, RemoveUpload removal) =>
        (await removal.RemoveAsync(http.GetActor(), new UploadId(id), http.RequestAborted)).Error is { } refused
            ? TusResponse.Problem(http, refused)
            : TypedResults.NoContent();

    private static Task<IResult> OverrideAsync(
        Guid id,
        HttpContext http,
        FindUpload find,
        ReceiveUpload receive,
        RemoveUpload removal,
        [FromHeader(Name = "X-HTTP-Method-Override")] string? method,
        [FromHeader(Name = "Upload-Offset")] string? offset,
        [FromHeader(Name = TusChecksumHeader.Header)] string? checksum
    ) =>
        method switch
        {
            "PATCH" => AppendAsync(id, http, receive, offset, checksum),
            "HEAD" => FindAsync(id, http, find),
            "DELETE" => RemoveAsync(id, http, removal),
            _ => Task.FromResult(TusResponse.Problem(http, new TusErrors.WrongMethod(method ?? "POST"))),
        };

    private static ValueTask<object?> CheckVersionAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsOptions(request.Method) || request.Headers["Tus-Resumable"] == TusResponse.Version
            ? next(context)
            : ValueTask.FromResult<object?>(TusResponse.Problem(context.HttpContext, new TusErrors.UnknownVersion()));
    }
}
