using System.Security.Cryptography;

namespace GoImg.Core.Storage;

/// <summary>What became of one object.</summary>
public abstract record CopyOutcome
{
    private CopyOutcome() { }

    public sealed record Copied(long LengthBytes) : CopyOutcome;

    /// <summary>The same bytes are there.</summary>
    public sealed record AlreadyThere : CopyOutcome;

    /// <summary>It was deleted between the list and the copy.</summary>
    public sealed record Gone : CopyOutcome;

    /// <param name="Detail">What a store said of it, for operators; empty when it said nothing.</param>
    public sealed record Failed(CopyFailure Why, string Detail = "") : CopyOutcome;
}

public enum CopyFailure
{
    /// <summary>Its bytes are fewer than its length, or not those that were copied there once.</summary>
    SourceIsDamaged,

    /// <summary>What was read back is not what was written; the copy was removed.</summary>
    CopyDiffers,
    StoreFailed,
}

/// <summary>Copies all objects of a store into another while both are in use. A key's bytes never change, so what was copied once is done: it can be stopped
/// anywhere and begun again. Nothing is deleted; what the site deletes meanwhile its sweep finds in the other store later.</summary>
public sealed class CopyObjects(IObjectStore from, IObjectStore to)
{
    // Kept with each copy: the next run knows by it what was compared, without reading it.
    private const string Hash = "sha256";

    /// <param name="atOnce">How many objects are under way at a time.</param>
    /// <param name="tell">Called for each object, on any thread, one at a time.</param>
    public async Task RunAsync(int atOnce, Action<ObjectKey, CopyOutcome> tell, CancellationToken cancellationToken)
    {
        var telling = new Lock();
        await Parallel.ForEachAsync(
            from.ListAsync("", cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (found, stop) =>
            {
                var outcome = await CopyAsync(found.Key, stop);
                lock (telling)
                    tell(found.Key, outcome);
            }
        );
    }

    private async Task<CopyOutcome> CopyAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (await from.StatAsync(key, cancellationToken) is not { } source)
                return new CopyOutcome.Gone();
            var target = await to.StatAsync(key, cancellationToken);
            var isSameLength = target?.LengthBytes == source.LengthBytes;
            if (isSameLength && target!.Metadata.Custom.ContainsKey(Hash))
                return new CopyOutcome.AlreadyThere();

            await using var content = await from.OpenAsync(key, range: null, cancellationToken);
            if (content is null)
                return new CopyOutcome.Gone();
            await using var staged = await to.StageAsync(content.Content, long.MaxValue, cancellationToken);
            if (IsDamaged(source, staged))
                return new CopyOutcome.Failed(CopyFailure.SourceIsDamaged);
            if (isSameLength && await IsThereAsync(key, staged, cancellationToken))
                return new CopyOutcome.AlreadyThere();

            var hash = Convert.ToHexStringLower(staged.Sha256);
            var custom = new Dictionary<string, string>(source.Metadata.Custom, StringComparer.Ordinal) { [Hash] = hash };
            await to.PromoteAsync(staged, key, source.Metadata with { Custom = custom }, cancellationToken);
            if (await IsThereAsync(key, staged, cancellationToken))
                return new CopyOutcome.Copied(source.LengthBytes);

            // The next run is to try again.
            await to.DeleteAsync(key, CancellationToken.None);
            return new CopyOutcome.Failed(CopyFailure.CopyDiffers);
        }
        catch (Exception e) when (e is ObjectStoreUnavailableException or IOException)
        {
            return new CopyOutcome.Failed(CopyFailure.StoreFailed, e.Message);
        }
    }

    private static bool IsDamaged(ObjectInfo source, StagedObject read) =>
        read.LengthBytes != source.LengthBytes
        || (source.Metadata.Custom.TryGetValue(Hash, out var noted) && noted != Convert.ToHexStringLower(read.Sha256));

    private async Task<bool> IsThereAsync(ObjectKey key, StagedObject wanted, CancellationToken cancellationToken)
    {
        await using var there = await to.OpenAsync(key, range: null, cancellationToken);
        return there is not null && (await SHA256.HashDataAsync(there.Content, cancellationToken)).AsSpan().SequenceEqual(wanted.Sha256);
    }
}
