using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Api;

/// <summary>Requests made from the API's own document: what it describes, and what it does not. Whatever is sent, the answer is one that the document
/// gives, and never a fault of the server's.</summary>
public sealed class ApiFuzzTests
{
    private const string Json = "application/json";

    // For so long in every suite, and as many times that in a long night.
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(12 * Math.Min(Fuzz.Times, 25));

    // Their protocol is not JSON and has tests of its own; a signed-out or banned asker asks nothing more.
    private static readonly string[] Skipped = ["post_auth_logout", "post_users_id_ban", "delete_users_id_sessions_sessionId"];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "a",
        "Harbour",
        "sea,fog",
        "写真 猫",
        "می‌خواهم",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "a\u0000b",
        "\uFFFE\uFFFF",
        "\u202Eevil\u200B",
        "e\u0301\u0301\u0301",
        "'; DROP TABLE images; --",
        "%' _\\",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "tag: by:\"x -",
        "\"",
        "-1",
        "0",
        "1",
        "99999999999999999999",
        "NaN",
        "null",
        "true",
        "public",
        "11111111-2222-3333-4444-555555555555",
        "2026-02-30T25:61:00Z",
        "\r\nX-Evil: 1",
        new('x', 256),
        new('x', 5_000),
    ];

    private readonly Seed _seed = new(nameof(ApiFuzzTests));
    private readonly List<string> _ids = ["11111111-2222-3333-4444-555555555555"];

    [Fact]
    public async Task Whatever_is_sent_the_answer_is_described_and_no_fault_of_ours()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=100000");
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Role.Admin));
        await app.SignUpAsync("ben");
        var image = await ana.HasImageAsync(Visibility.Public);
        using var visitor = new ApiClient(app);
        using var member = new ApiClient(app);
        using var admin = new ApiClient(app);
        await member.SignInAsync("ana");
        await admin.SignInAsync("mia");
        var comment = await member.SendAsync(HttpMethod.Post, $"images/{image.Id}/comments", new { text = "Mine." });
        var album = await member.SendAsync(HttpMethod.Post, "albums", new { title = "Mine", image_ids = new[] { image.Id.Value } });
        _ids.AddRange([image.Id.ToString(), ana.Id.ToString(), comment["id"]!, album["id"]!]);

        var document = (await visitor.GetAsync("/openapi/v1.json")).Json;
        var contract = new ApiContract(document);
        var operations = contract
            .Operations.Where(o => !Skipped.Contains(o.Id) && !o.Path.StartsWith("uploads", StringComparison.Ordinal))
            .Select(o =>
                (
                    Operation: o,
                    Described: document.GetProperty("paths").GetProperty($"/api/v1/{o.Path}").GetProperty(o.Method.Method.ToLowerInvariant())
                )
            )
            .ToList();
        var faults = new List<string>();
        var watch = Stopwatch.StartNew();
        for (var round = 0; watch.Elapsed < Time; round++)
        {
            var (operation, described) = operations[round % operations.Count];
            var api = Choose([visitor, member, member, admin]);
            var (path, content) = (PathOf(operation, described), BodyOf(document, described));
            var sent = content is null ? "" : await content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var response = await api.SendContentAsync(operation.Method, path, content);
            var status = (int)response.Status;
            var before = contract.Violations.Count;
            contract.Judge(operation.Method, path, status, response);
            if (status >= 500 || contract.Violations.Count > before)
                faults.Add(
                    $"{operation.Method} {path} {Shorten(sent)} → {status} {Shorten(response.Text)} {contract.Violations.Skip(before).FirstOrDefault()}"
                );
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(30)));
        // More than once each, however slow the machine is.
        Assert.All(operations, o => Assert.Contains(contract.Seen, seen => seen.Operation == o.Operation.Id));
    }

    private string PathOf(ApiOperation operation, JsonElement described)
    {
        var path = string.Join(
            '/',
            operation
                .Path.Split('/')
                .Select(part =>
                    part == "{name}" ? Choose(["small", "original", "huge"])
                    : part == "{tag}" ? Uri.EscapeDataString(Choose(["sea", "写真", "x y", "-", new string('x', 60), "a\uFFFE"]))
                    : part.StartsWith('{') ? Choose(_ids)
                    : part
                )
        );
        if (!described.TryGetProperty("parameters", out var parameters))
            return path;
        var query = parameters
            .EnumerateArray()
            .Where(p => p.GetProperty("in").GetString() == "query" && _seed.Next(0, 2) == 0)
            .SelectMany(p => Enumerable.Repeat(p.GetProperty("name").GetString()!, _seed.Next(0, 12) == 0 ? 2 : 1))
            .Select(name => $"{name}={Escape(Cut(QueryValue(name)))}")
            .Append(_seed.Next(0, 8) == 0 ? "unknown=1" : "per_page=3")
            .Distinct();
        return $"{path}?{string.Join('&', query)}";
    }

    // Mostly values that lead on to others.
    private string QueryValue(string name) =>
        _seed.Next(0, 3) == 0
            ? Choose(Texts)
            : name switch
            {
                "page" or "per_page" => Choose(["1", "2", "100", "500"]),
                "owner_id" or "album_id" => Choose(_ids),
                "sort" => Choose(["created_at", "relevance", "position", "best", "newest"]),
                "order" => Choose(["asc", "desc"]),
                "cursor" => Choose(["OGRkODlmYzgwYTZlYzAwLjAxOTljMmY0OGE1MTdjM2U5ZDAyNWI4ZjZlMWE3YzQ0", "~", "eA"]),
                "exact" or "permanent" => "false",
                _ => Choose(Texts),
            };

    private HttpContent? BodyOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return null;
        var content = body.GetProperty("content");
        if (content.TryGetProperty("multipart/form-data", out var form))
            return Form(form.GetProperty("schema"));
        if (!content.TryGetProperty(Json, out var json))
            return null;
        var text = _seed.Next(0, 12) switch
        {
            0 => Choose(["", "{", "[]", "null", "7", "\"text\"", "{\"a\":1,}", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "\u0000"]),
            1 => Doubled(Value(document, json.GetProperty("schema"), "", 0)),
            _ => Value(document, json.GetProperty("schema"), "", 0)?.ToJsonString() ?? "null",
        };
        // Half a pair of surrogates is written as an escape, for UTF-8 has none.
        if (_seed.Next(0, 20) == 0)
            text = text.Replace("Harbour", "\\ud83d", StringComparison.Ordinal);
        return new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(Json));
    }

    private MultipartFormDataContent Form(JsonElement schema)
    {
        var form = new MultipartFormDataContent();
        foreach (var field in schema.GetProperty("properties").EnumerateObject().Where(f => f.Name != "file" && _seed.Next(0, 3) == 0))
            form.Add(new StringContent(_seed.Next(0, 2) == 0 ? Choose(Texts) : Choose(["public", "safe", "sea", Choose(_ids)])), field.Name);
        if (_seed.Next(0, 6) > 0)
            form.Add(new ByteArrayContent(_seed.Next(0, 2) == 0 ? Pictures.Png(_seed.Next(0, 4)) : [1, 2, 3]), "file", "test.png");
        return form;
    }

    private JsonNode? Value(JsonElement document, JsonElement schema, string name, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var either))
            return Value(document, either.EnumerateArray().Last(), name, depth);
        if (depth > 0 && _seed.Next(0, 4) == 0)
            return Wrong();
        if (schema.TryGetProperty("enum", out var words))
            return Choose([.. words.EnumerateArray().Select(w => w.GetString()!)]);
        var type = TypeOf(schema);
        if (type == "object")
            return Object(document, schema, depth);
        if (type == "array")
            return new JsonArray([
                .. Enumerable.Range(0, Choose([0, 1, 2, 3, 101])).Select(_ => Value(document, schema.GetProperty("items"), name, depth + 1)),
            ]);
        if (type is "integer" or "number")
            return Choose<JsonNode>([1, 0, -1, int.MaxValue, long.MinValue, 1.5, 1e300]);
        if (type == "boolean")
            return _seed.Next(0, 2) == 0;
        return schema.TryGetProperty("format", out var format) && format.GetString() == "uuid" ? Choose(_ids)
            : name is "username" or "email" or "password" && _seed.Next(0, 2) == 0 ? Choose(["ben", "ben@example.org", MemberClient.Password])
            : Choose(Texts);
    }

    private JsonObject Object(JsonElement document, JsonElement schema, int depth)
    {
        var value = new JsonObject();
        foreach (var property in schema.GetProperty("properties").EnumerateObject().Where(_ => _seed.Next(0, 5) > 0))
            value[property.Name] = Value(document, property.Value, property.Name, depth + 1);
        if (_seed.Next(0, 6) == 0)
            value["unknown"] = Choose(Texts);
        return value;
    }

    private JsonNode? Wrong() =>
        Choose<JsonNode?>([
            null,
            7,
            -1,
            1e300,
            true,
            "text",
            new JsonArray(),
            new JsonArray(1, "a", null),
            new JsonObject(),
            new JsonObject { ["a"] = 1 },
        ]);

    // Each field twice.
    private static string Doubled(JsonNode? value) =>
        value is JsonObject { Count: > 0 } fields && fields.ToJsonString()[1..^1] is var inside ? $"{{{inside},{inside}}}" : "{}";

    private static string TypeOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? "object"
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).First(t => t != "null")
        : type.GetString()!;

    private T Choose<T>(IReadOnlyList<T> from) =>
        from[_seed.Next(0, from.Count)] is JsonNode { } node ? (T)(object)node.DeepClone() : from[_seed.Next(0, from.Count)];

    // A line of a request has at most 8 KiB: the server refuses longer ones before the API is asked.
    private static string Cut(string value) => value.Length <= 260 ? value : value[..260];

    // Byte by byte: what is no text has no escape of the framework's.
    private static string Escape(string value) =>
        string.Concat(Encoding.UTF8.GetBytes(value).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)).Select(hex => "%" + hex));

    private static string Shorten(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
