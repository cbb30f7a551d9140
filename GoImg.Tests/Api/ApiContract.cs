using System.Globalization;
using System.Text.Json;
using GoImg.Tests.Harness;
using GoImg.Web.Api;

namespace GoImg.Tests.Api;

/// <summary>The API's document as a judge of real requests and responses: nothing it calls required may miss, nothing it does not name may come.</summary>
internal sealed class ApiContract(JsonElement document)
{
    private readonly HashSet<(string Operation, int Status)> _seen = [];
    private readonly List<string> _violations = [];

    /// <summary>What was judged, each operation with each status it had.</summary>
    public IReadOnlySet<(string Operation, int Status)> Seen => _seen;

    /// <summary>Where the document was broken, or another status came than was expected.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select new ApiOperation(
            operation.Value.GetProperty("operationId").GetString()!,
            HttpMethod.Parse(operation.Name),
            path.Name[(ApiV1.Prefix.Length + 1)..],
            [.. operation.Value.GetProperty("responses").EnumerateObject().Select(r => int.Parse(r.Name, CultureInfo.InvariantCulture))],
            AsksForToken(operation.Value)
        )
        {
            TakesJson = TakesJson(operation.Value),
            TakesIdempotencyKey = Takes(operation.Value, "Idempotency-Key"),
        },
    ];

    public static async Task<ApiContract> ReadAsync(ApiClient api) => new((await api.GetAsync("/openapi/v1.json")).Json);

    /// <summary>Sends and judges both directions.</summary>
    public async Task<ApiResponse> SendAsync(ApiClient api, HttpMethod method, string path, int status, object? body = null)
    {
        var response = await api.SendAsync(method, path, body);
        Judge(method, path, status, response);
        // What is refused need not fit.
        if (body is not null && status < 400)
            Note(() =>
                Validate(
                    JsonSerializer.SerializeToElement(body),
                    Find(method, path).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"),
                    $"{method} {path} body"
                )
            );
        return response;
    }

    public void Judge(HttpMethod method, string path, int expected, ApiResponse response) => Note(() => JudgeOne(method, path, expected, response));

    // All of them are told, not the first alone.
    private void Note(Action judge)
    {
        try
        {
            judge();
        }
        catch (Xunit.Sdk.XunitException violation)
        {
            _violations.Add(violation.Message);
        }
    }

    private void JudgeOne(HttpMethod method, string path, int expected, ApiResponse response)
    {
        var operation = Find(method, path);
        var status = (int)response.Status;
        var where = $"{method} {path} → {status}";
        Assert.True(status == expected, $"{where}, not {expected}: {response.Text}");
        Assert.True(
            operation.GetProperty("responses").TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var described),
            $"{where} is not described"
        );
        JudgeHeaders(response, described, where);
        JudgeContent(response, described, where);
        _seen.Add((operation.GetProperty("operationId").GetString()!, status));
    }

    private static void JudgeHeaders(ApiResponse response, JsonElement described, string where)
    {
        if (described.TryGetProperty("headers", out var headers))
            foreach (
                var header in headers.EnumerateObject().Where(h => h.Value.TryGetProperty("required", out var required) && required.GetBoolean())
            )
                Assert.True(response.Headers.Contains(header.Name), $"{where} lacks the header {header.Name}");
        // RFC 9110, 15.5.2, and RFC 6585, 4
        if (response.Status == HttpStatusCode.Unauthorized)
            Assert.True(response.Headers.WwwAuthenticate.Count > 0, $"{where} does not say how to sign in");
        if (response.Status == HttpStatusCode.TooManyRequests)
            Assert.True(response.Headers.RetryAfter is not null, $"{where} does not say when to retry");
    }

    private void JudgeContent(ApiResponse response, JsonElement described, string where)
    {
        if (!described.TryGetProperty("content", out var content))
        {
            Assert.True(response.Text.Length == 0, $"{where} has a body, which is not described: {response.Text}");
            return;
        }

        Assert.True(response.Text.Length > 0, $"{where} lacks its body");
        Assert.True(content.TryGetProperty(response.ContentType!, out var body), $"{where}: {response.ContentType} is not described");
        if (response.ContentType is "application/json" or "application/problem+json")
            Validate(response.Json, body.GetProperty("schema"), where);
        if (response.ContentType is "application/problem+json")
            Assert.Equal((int)response.Status, response.Json.GetProperty("status").GetInt32());
    }

    private JsonElement Find(HttpMethod method, string path)
    {
        var asked = path.Split('?')[0].Split('/');
        var found = document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(p => Fits(p.Name[(ApiV1.Prefix.Length + 1)..].Split('/'), asked))
            // "users/me" before "users/{id}".
            .OrderBy(p => p.Name.Count(c => c == '{'))
            .Select(p => p.Value.TryGetProperty(method.Method.ToLowerInvariant(), out var operation) ? operation : default)
            .FirstOrDefault(operation => operation.ValueKind == JsonValueKind.Object);
        Assert.True(found.ValueKind == JsonValueKind.Object, $"{method} {path} is not described");
        return found;
    }

    // What says nothing of its own asks for a session; an empty alternative among its own can do without any token.
    private static bool AsksForToken(JsonElement operation) =>
        !operation.TryGetProperty("security", out var either)
        || (either.GetArrayLength() > 0 && either.EnumerateArray().All(one => one.EnumerateObject().Any()));

    private static bool TakesJson(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out _);

    private static bool Takes(JsonElement operation, string parameter) =>
        operation.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().Any(p => p.GetProperty("name").GetString() == parameter);

    private static bool Fits(string[] template, string[] asked) =>
        template.Length == asked.Length && template.Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private void Validate(JsonElement value, JsonElement schema, string where)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Validate(value, document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), where);
            return;
        }

        if (schema.TryGetProperty("oneOf", out var either))
        {
            if (value.ValueKind != JsonValueKind.Null)
                Validate(value, either.EnumerateArray().Single(s => !s.TryGetProperty("type", out var type) || type.GetString() != "null"), where);
            return;
        }

        Assert.True(schema.TryGetProperty("type", out var types), $"{where} has no type");
        string[] allowed = types.ValueKind == JsonValueKind.Array ? [.. types.EnumerateArray().Select(t => t.GetString()!)] : [types.GetString()!];
        Assert.True(allowed.Contains(KindOf(value)), $"{where} is {KindOf(value)}, not {string.Join(" or ", allowed)}");
        if (schema.TryGetProperty("enum", out var words))
            Assert.Contains(value.GetString(), words.EnumerateArray().Select(w => w.GetString()));
        if (schema.TryGetProperty("format", out var format) && value.ValueKind == JsonValueKind.String)
            Assert.True(HasFormat(value, format.GetString()!), $"{where} is no {format}: {value}");
        if (value.ValueKind == JsonValueKind.Array)
            Assert.All(value.EnumerateArray(), (item, i) => Validate(item, schema.GetProperty("items"), $"{where}[{i}]"));
        if (value.ValueKind == JsonValueKind.Object)
            ValidateObject(value, schema, where);
    }

    private void ValidateObject(JsonElement value, JsonElement schema, string where)
    {
        if (schema.TryGetProperty("required", out var required))
            Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{where} lacks {name}"));
        foreach (var property in value.EnumerateObject())
        {
            Assert.True(
                schema.GetProperty("properties").TryGetProperty(property.Name, out var described),
                $"{where} has {property.Name}, which is not described"
            );
            Validate(property.Value, described, $"{where}.{property.Name}");
        }
    }

    private static bool HasFormat(JsonElement value, string format) =>
        format switch
        {
            "date-time" => value.TryGetDateTimeOffset(out _),
            "uuid" => value.TryGetGuid(out _),
            _ => true,
        };

    private static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
            var kind => kind.ToString().ToLowerInvariant(),
        };
}

/// <summary>An operation of the document.</summary>
/// <param name="Path">Below the API's prefix, with its parameters in braces.</param>
/// <param name="Statuses">Those that are described.</param>
internal sealed record ApiOperation(string Id, HttpMethod Method, string Path, IReadOnlyList<int> Statuses, bool AsksForToken)
{
    public bool TakesJson { get; init; }

    public bool TakesIdempotencyKey { get; init; }

    /// <summary>An address of it that leads to nothing.</summary>
    public string PathToNothing =>
        string.Join(
            '/',
            Path.Split('/')
                .Select(part =>
                    part == "{name}" ? "small"
                    : part.StartsWith('{') ? ApiTraffic.Nothing
                    : part
                )
        );
}
