using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GoImg.Infrastructure.Jobs;

/// <summary>How job records are written: snake_case, enums by name, ids as plain UUIDs, so that a payload reads well and outlives a refactoring.</summary>
internal static class JobJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new Ids(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        // A payload that lacks what the record needs is unreadable, not half a job.
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Every <c>XId(Guid Value)</c>.</summary>
    private sealed class Ids : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsValueType
            && type.Name.EndsWith("Id", StringComparison.Ordinal)
            && type.GetConstructor([typeof(Guid)]) is not null
            && ValueOf(type) is not null;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type))!; // never null for a class

        private static PropertyInfo? ValueOf(Type type) => type.GetProperty("Value", typeof(Guid));

        private sealed class Converter<TId> : JsonConverter<TId>
            where TId : struct
        {
            public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                (TId)Activator.CreateInstance(typeof(TId), reader.GetGuid())!; // never null for a struct

            public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
                writer.WriteStringValue((Guid)ValueOf(typeof(TId))!.GetValue(value)!); // CanConvert saw the property
        }
    }
}
