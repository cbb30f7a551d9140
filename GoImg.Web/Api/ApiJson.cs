using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GoImg.Core.Accounts;

namespace GoImg.Web.Api;

/// <summary>How the API writes: snake_case names and enums, UTC times with a Z, nothing for null where a contract says so.</summary>
internal static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        options.Converters.Add(new RoleNames());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTimes());
    }

    /// <summary>The API calls a plain member a user.</summary>
    private sealed class RoleNames : JsonConverter<Role>
    {
        public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType != JsonTokenType.String ? throw new JsonException("A role is a text.") : reader.GetString() switch
            {
                "user" => Role.Member,
                "moderator" => Role.Moderator,
                "admin" => Role.Admin,
                _ => throw new JsonException("A role is user, moderator or admin."),
            };

        public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value switch { Role.Admin => "admin", Role.Moderator => "moderator", _ => "user" });
    }

    private sealed class UtcTimes : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
