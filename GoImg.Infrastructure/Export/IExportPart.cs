using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using GoImg.Core.Accounts;

namespace GoImg.Infrastructure.Export;

/// <summary>One file <c>data/{Name}.json</c> of an export. A new feature adds one and registers it.</summary>
internal interface IExportPart
{
    string Name { get; }

    /// <summary>Writes what the owner had at <paramref name="asOf"/>; returns how many things that were.</summary>
    Task<int> WriteAsync(Actor owner, DateTimeOffset asOf, Stream json, CancellationToken cancellationToken);
}

internal static class ExportJson
{
    /// <summary>As the API writes: snake_case, ISO 8601, enums in lower case. Letters of any script stay readable.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
    };
}

/// <summary>A list, read in batches: however slowly the client takes the zip, no database connection is held meanwhile.</summary>
internal abstract class ExportList : IExportPart
{
    private const int BatchSize = 500;

    public abstract string Name { get; }

    public async Task<int> WriteAsync(Actor owner, DateTimeOffset asOf, Stream json, CancellationToken cancellationToken)
    {
        var count = 0;
        await JsonSerializer.SerializeAsync(json, RowsAsync(), ExportJson.Options, cancellationToken);
        return count;

        async IAsyncEnumerable<object> RowsAsync()
        {
            Guid? last = null;
            while (true)
            {
                var batch = await ReadAsync(owner.MemberId!.Value, asOf, last ?? Guid.Empty, BatchSize, cancellationToken);
                foreach (var row in batch)
                {
                    count++;
                    last = row.Key;
                    yield return row.Value;
                }

                if (batch.Count < BatchSize)
                    yield break;
            }
        }
    }

    /// <summary>The next rows by key; the first call passes an id before all others.</summary>
    protected abstract Task<List<ExportRow>> ReadAsync(
        MemberId owner,
        DateTimeOffset asOf,
        Guid after,
        int take,
        CancellationToken cancellationToken
    );
}

/// <param name="Key">Rises from row to row.</param>
internal sealed record ExportRow(Guid Key, object Value);
