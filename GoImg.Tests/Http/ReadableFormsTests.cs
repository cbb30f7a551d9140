using System.Text;
using System.Text.RegularExpressions;
using GoImg.Core.Accounts;
using GoImg.Tests.Harness;
using GoImg.Web.Uploads;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Http;

public sealed partial class ReadableFormsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_no_form_is_a_bad_request_to_every_form_there_is()
    {
        var ana = await shared.SignUpAsync("ana", Role.Admin);
        var paths = FormPaths();

        Assert.True(paths.Count > 20, string.Join(", ", paths));
        foreach (var path in paths)
        {
            foreach (var (what, body) in NoForms())
            {
                using var answer = await ana.Http.PostAsync(path, body, Ct);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}, {what}: {answer.StatusCode}");
            }
        }
    }

    private static IEnumerable<(string What, HttpContent? Body)> NoForms()
    {
        yield return ("nothing", null);
        yield return ("JSON", new StringContent("{}", Encoding.UTF8, "application/json"));
        yield return ("no boundary", Multipart("x", "multipart/form-data"));
        yield return ("a broken part", Multipart("--x\r\nContent-Disposition: form-data; name=\"a", "multipart/form-data; boundary=x"));
        yield return ("no end", Multipart("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "multipart/form-data; boundary=x"));
        yield return ("thousands of fields", new FormUrlEncodedContent(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"f{i}", "1"))));
    }

    private static StringContent Multipart(string body, string type)
    {
        var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    // All that take a POST but the API, tus, circuits, and the form of files, which has a reader of its own.
    private List<string> FormPaths() =>
        [
            .. shared
                .App.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
                .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
                .Where(p => !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/uploads", StringComparison.Ordinal))
                .Where(p =>
                    !p.StartsWith("/_", StringComparison.Ordinal)
                    && p != UploadForms.Path
                    && p != "/dev/ui"
                    && !p.Contains('*', StringComparison.Ordinal)
                )
                .Select(p => Parameter().Replace(p, named => named.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "1"))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
