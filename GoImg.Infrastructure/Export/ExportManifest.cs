using System.Text.Json;

namespace GoImg.Infrastructure.Export;

/// <summary>The last file of an export: what is in it, and what could not be.</summary>
internal sealed class ExportManifest(DateTimeOffset createdAt)
{
    public const string Format = "goimg-export";
    public const int Version = 1;

    public List<ExportedFile> Files { get; } = [];

    /// <summary>Things in each of the JSON files, by its name.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Originals the store has lost.</summary>
    public List<ExportRemark> Missing { get; } = [];

    /// <summary>Originals that are in the zip as they are now, which is not how they were uploaded.</summary>
    public List<ExportRemark> Damaged { get; } = [];

    /// <summary>Originals that are kept back on purpose.</summary>
    public List<ExportRemark> Excluded { get; } = [];

    public Task WriteAsync(Stream json, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(
            json,
            new
            {
                Format,
                Version,
                CreatedAt = createdAt,
                Counts,
                Originals = Files.Count(f => f.Name.StartsWith("originals/", StringComparison.Ordinal)),
                Missing,
                Damaged,
                Excluded,
                Files = Files.Select(f => new
                {
                    f.Name,
                    f.SizeBytes,
                    Sha256 = Convert.ToHexStringLower(f.Sha256),
                }),
            },
            ExportJson.Options,
            cancellationToken
        );
}

internal sealed record ExportRemark(string Image, string Name, string Reason);
