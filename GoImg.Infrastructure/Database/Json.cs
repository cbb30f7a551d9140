using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GoImg.Infrastructure.Database;

/// <summary>A value that lies in a jsonb column and is only ever read back whole.</summary>
internal sealed class Json<T>() : ValueConverter<T, string>(value => Json.Of(value), text => JsonSerializer.Deserialize<T>(text, Json.Options)!);

internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
