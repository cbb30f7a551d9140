namespace GoImg.Web.Http;

internal static class HeadRequests
{
    /// <summary>Whatever answers GET answers HEAD with the same headers (RFC 9110 section 9.3.2); the server leaves the body away.
    /// Link checkers and monitors ask so.</summary>
    public static TBuilder AnswerHeadLikeGet<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (
                endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { } methods
                && methods.HttpMethods.Contains(HttpMethods.Get)
                && !methods.HttpMethods.Contains(HttpMethods.Head)
            )
                endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head]));
        });
        return endpoints;
    }
}
