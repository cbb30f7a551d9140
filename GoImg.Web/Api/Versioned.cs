using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using GoImg.Core.Shared;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Api;

/// <summary>One thing with its ETag (docs/adr/0048): the version its owner edits, and a hash of what is told here and now, as counts change without
/// an edit. A client that has it already gets 304.</summary>
internal sealed class Versioned<T>(T value, int version) : IResult, IEndpointMetadataProvider
{
    private const int HashLength = 12;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new HasVersions());
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(typeof(T)));
        var tag = new EntityTagHeaderValue(
            string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, HashLength))}\"")
        );
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.ETag = tag.ToString();
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isRead && request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(EntityTagHeaderValue.Any, false) || known.Compare(tag, false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

/// <summary>Marks an endpoint that answers with <see cref="Versioned{T}"/>: which methods it takes is not known yet when the type tells of itself.</summary>
internal sealed record HasVersions;

/// <summary>The condition of a change: <c>If-Match</c> with an ETag that <see cref="Versioned{T}"/> gave.</summary>
internal static class IfMatch
{
    public static bool HasIfMatch(this HttpContext http) => http.Request.Headers.IfMatch.Count > 0;

    /// <summary>Null when there is no condition or it holds. Its version alone is compared: somebody's like is no reason to refuse an edit.</summary>
    public static Error? CheckIfMatch(this HttpContext http, int version)
    {
        if (!http.HasIfMatch())
            return null;

        var prefix = string.Create(CultureInfo.InvariantCulture, $"\"{version}-");
        return
            EntityTagHeaderValue.TryParseList(http.Request.Headers.IfMatch, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag.AsSpan().StartsWith(prefix, StringComparison.Ordinal)))
            ? null
            : new OtherVersion();
    }

    /// <summary>What became of a change that was made on a condition: a change of others in that very moment breaks it.</summary>
    public static Error UnderIfMatch(this Error error, HttpContext http) => error is StaleEdit && http.HasIfMatch() ? new OtherVersion() : error;
}
