using System.Text.Json;
using System.Text.Json.Serialization;
using GoImg.Core.Accounts;
using GoImg.Core.Rendering;

namespace GoImg.Web.Api;

/// <summary>Enums as words: the name in snake_case, but where the API's word is another. Numbers are not taken.</summary>
internal sealed class SnakeCaseEnumConverter : JsonConverterFactory
{
    /// <summary>All words of an enum, in its order.</summary>
    public static IReadOnlyList<string> Of(Type type) => [.. Enum.GetValues(type).Cast<Enum>().Select(WordOf)];

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    public static string WordOf(Enum value) =>
        value switch
        {
            Role.Member => "user",
            // One word, whatever its capitals.
            ImageFormat.WebP => "webp",
            _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()),
        };

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
            .ToDictionary(value => WordOf(value), StringComparer.OrdinalIgnoreCase);
        private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => WordOf(value));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new UnknownWordException(Of(typeof(T)));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);
    }
}

/// <summary>A body has a word that is none of those its field takes. The serializer adds the path.</summary>
internal sealed class UnknownWordException(IReadOnlyList<string> known) : JsonException("The word is not one of those known.")
{
    public IReadOnlyList<string> Known => known;
}
