using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Idempotency;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace GoImg.Web.Api;

/// <summary>A request that creates something and may be sent again by a client that lost its answer: with the same <c>Idempotency-Key</c> the first
/// answer comes again and nothing more is created (docs/adr/0048).</summary>
internal static class IdempotentRequests
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    public const int MaxKeyLength = 255;

    // Answers of what creates are one thing; a larger one is not kept, and its request not repeated.
    private const int MaxKeptBytes = 256 * 1024;

    public sealed record TakesKey;

    /// <summary>Says that it creates, for this and for the document.</summary>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) =>
        endpoint
            .WithMetadata(new TakesKey())
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Has a repeat answered with <paramref name="body"/> in place of what is sent now: a secret is shown once, and is not kept.</summary>
    public static void AnswerRepeatsWith<T>(HttpContext http, T body)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        http.Features.Set(new AnswerOfRepeats(JsonSerializer.SerializeToUtf8Bytes(body, options.GetTypeInfo(typeof(T)))));
    }

    /// <summary>After authorization: keys are a member's own.</summary>
    public static void UseIdempotencyKeys(this IApplicationBuilder app) => app.Use(InvokeAsync);

    private static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (
            http.GetEndpoint()?.Metadata.GetMetadata<TakesKey>() is null
            || http.Request.Headers[Header] is not [{ } key, ..] given
            || http.GetActor().MemberId is not { } member
        )
        {
            await next(http);
            return;
        }

        if (given.Count > 1 || key.Length is 0 or > MaxKeyLength || key.Any(c => c is < '!' or > '~'))
        {
            await new ValidationFailed(Header, ApiErrorTexts.KeyMalformed.With(MaxKeyLength)).ToProblem(http).ExecuteAsync(http);
            return;
        }

        var keys = http.RequestServices.GetRequiredService<IIdempotencyKeys>();
        switch (await keys.ClaimAsync(member, key, http.RequestAborted))
        {
            case KeyClaim.Done done:
                await RepeatAsync(http, done.Response);
                break;
            case KeyClaim.InUse:
                await new ApiErrors.KeyInUse().ToProblem(http).ExecuteAsync(http);
                break;
            default:
                await RunAsync(http, next, keys, member, key);
                break;
        }
    }

    private static async Task RepeatAsync(HttpContext http, KeptResponse kept)
    {
        // A file may be larger than other bodies; more than the first request had is not read.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        await using var body = new BodyFingerprint(http.Request);
        if (!await body.DrainAsync(kept.RequestBytes, http.RequestAborted) || body.Finish() != kept.Fingerprint)
        {
            await new ApiErrors.KeyOfAnother().ToProblem(http).ExecuteAsync(http);
            return;
        }

        var response = http.Response;
        response.StatusCode = kept.Status;
        response.ContentType = kept.ContentType;
        response.Headers[ReplayedHeader] = "true";
        if (kept.Location is { } location)
            response.Headers.Location = location;
        if (kept.ETag is { } tag)
            response.Headers.ETag = tag;
        await response.Body.WriteAsync(kept.Body, http.RequestAborted);
    }

    private static async Task RunAsync(HttpContext http, RequestDelegate next, IIdempotencyKeys keys, MemberId member, string key)
    {
        await using var body = new BodyFingerprint(http.Request);
        using var answer = new MemoryStream();
        var (sent, wire) = (http.Request.Body, http.Response.Body);
        var isKept = false;
        try
        {
            (http.Request.Body, http.Response.Body) = (body, answer);
            await next(http);
            // Saved: the answer is kept though its client may be gone.
            isKept = await KeepAsync(http, body, answer, keys, member, key);
        }
        finally
        {
            (http.Request.Body, http.Response.Body) = (sent, wire);
            if (!isKept)
                await keys.ReleaseAsync(member, key, CancellationToken.None);
        }

        answer.Position = 0;
        await answer.CopyToAsync(wire, http.RequestAborted);
    }

    private static async Task<bool> KeepAsync(
        HttpContext http,
        BodyFingerprint body,
        MemoryStream answer,
        IIdempotencyKeys keys,
        MemberId member,
        string key
    )
    {
        var response = http.Response;
        if (response.StatusCode is < 200 or >= 300 || answer.Length > MaxKeptBytes)
            return false;
        // What follows a form's last part belongs to the fingerprint as well.
        if (!await body.DrainAsync(body.Bytes + MaxKeptBytes, http.RequestAborted))
            return false;
        await keys.KeepAsync(
            member,
            key,
            new(
                body.Finish(),
                body.Bytes,
                response.StatusCode,
                response.ContentType,
                response.Headers.Location,
                response.Headers.ETag,
                http.Features.Get<AnswerOfRepeats>()?.Body ?? answer.ToArray()
            ),
            CancellationToken.None
        );
        return true;
    }

    private sealed record AnswerOfRepeats(byte[] Body);
}
