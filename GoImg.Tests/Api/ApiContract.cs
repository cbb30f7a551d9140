using System.Globalization;
using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Api;

/// <summary>The API's document as a judge of real requests and answers: nothing it calls required may miss, nothing it does not name may come.</summary>
internal sealed class ApiContract(JsonElement document)
{
    /// <summary>The operations that were judged.</summary>
    public HashSet<string> Seen { get; } = [];

    public static async Task<ApiContract> ReadAsync(ApiClient api) => new((await api.GetAsync("/openapi/v1.json")).Json);

    /// <summary>Sends and judges both directions.</summary>
    public async Task<ApiResponse> SendAsync(ApiClient api, HttpMethod method, string path, object? body = null)
    {
        var answer = await api.SendAsync(method, path, body);
        Judge(method, path, answer);
        // What is refused need not fit.
        if (body is not null && (int)answer.Status < 400)
            Validate(
                JsonSerializer.SerializeToElement(body),
                ScopedCall(method, path).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"),
                $"{method} {path} body"
            );
        return answer;
    }

    public void Judge(HttpMethod method, string path, ApiResponse answer)
    {
        var operation = ScopedCall(method, path);
        Seen.Add(operation.GetProperty("operationId").GetString()!);
        var where = $"{method} {path} → {(int)answer.Status}";
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out var response), $"{where} is not described");
        if (answer.Text.Length == 0)
            return;

        Assert.True(
            response.TryGetProperty("content", out var content) && content.TryGetProperty(answer.ContentType!, out _),
            $"{where}: {answer.ContentType} is not described"
        );
        if (answer.ContentType is "application/json" or "application/problem+json")
            Validate(answer.Json, content.GetProperty(answer.ContentType).GetProperty("schema"), where);
    }

    private JsonElement ScopedCall(HttpMethod method, string path)
    {
        var asked = ("api/v1/" + path.Split('?')[0]).Split('/');
        var templates = document.GetProperty("paths").EnumerateObject().Where(p => Fits(p.Name.Trim('/').Split('/'), asked));
        // "users/me" before "users/{id}".
        return templates.MinBy(p => p.Name.Count(c => c == '{')).Value.GetProperty(method.Method.ToLowerInvariant());
    }

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
        Assert.Contains(KindOf(value), allowed);
        if (schema.TryGetProperty("enum", out var words))
            Assert.Contains(value.GetString(), words.EnumerateArray().Select(w => w.GetString()));
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && value.ValueKind == JsonValueKind.String)
            Assert.True(value.TryGetDateTimeOffset(out _), $"{where} is no time: {value}");
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

    private static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => "integer",
            var kind => kind.ToString().ToLowerInvariant(),
        };
}
