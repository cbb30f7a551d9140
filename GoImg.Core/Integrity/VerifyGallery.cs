using System.Runtime.CompilerServices;
using GoImg.Core.Images;
using GoImg.Core.Storage;

namespace GoImg.Core.Integrity;

/// <summary>Compares the database with the stored objects, both ways, and changes nothing. Safe beside a running server: what looks
/// wrong is looked at once more, for the server may have been in the middle of it.</summary>
public sealed class VerifyGallery(IIntegrityRecords records, ObjectCheck objects, IObjectStore store, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Everything found, as it is found. Throws <see cref="ObjectStoreUnavailableException"/> when it can't be checked.</summary>
    /// <param name="isDeep">Reads every object and compares its SHA-256, instead of its length alone.</param>
    /// <param name="grace">Objects younger than this need not have an image yet.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        bool isDeep,
        TimeSpan grace,
        IntegrityTally tally,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ImageId? after = null;
        while (await records.PageAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var image in page)
            {
                foreach (var finding in await CheckAsync(image, isDeep, tally, cancellationToken))
                    yield return finding;
            }

            tally.Images += page.Count;
            after = page[^1].Id;
        }

        foreach (var prefix in ImageObjectKeys.Prefixes)
        {
            await foreach (var orphan in FindOrphansAsync(prefix, time.GetUtcNow() - grace, cancellationToken))
                yield return orphan;
        }

        await foreach (var job in records.OrphanJobsAsync(cancellationToken))
            yield return new Finding(FindingKind.OrphanJob, job.Subject, job.Detail);
        await foreach (var usage in records.WrongUsageAsync(cancellationToken))
            yield return new Finding(FindingKind.WrongUsage, usage.Subject, usage.Detail);
        await foreach (var lost in records.LostCasesAsync(cancellationToken))
            yield return new Finding(FindingKind.LostCase, lost.Subject, lost.Detail);
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(StoredImage image, bool isDeep, IntegrityTally tally, CancellationToken cancellationToken)
    {
        var findings = await LookAsync(image, isDeep, tally, cancellationToken);
        if (findings.Count == 0)
            return findings;

        // A second look, at the row as it is now: it may have been saved or purged between its page and the look at its objects.
        var now = await records.FindAsync([image.Id], cancellationToken);
        return now.TryGetValue(image.Id, out var again) ? await LookAsync(again, isDeep, tally: null, cancellationToken) : [];
    }

    private async Task<List<Finding>> LookAsync(StoredImage image, bool isDeep, IntegrityTally? tally, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var promised in image.Promised)
        {
            var condition = isDeep ? await objects.HashAsync(promised, cancellationToken) : await objects.LookAsync(promised, cancellationToken);
            if (tally is not null)
            {
                tally.Objects++;
                tally.HashedBytes += isDeep ? promised.LengthBytes : 0;
            }

            if (condition != ObjectCondition.Whole)
                findings.Add(Of(promised, condition));
        }

        if (image is { IsPublished: true, Renditions.Count: 0 })
            findings.Add(new(FindingKind.NotRendered, image.Id.ToString(), "It is published and has no renditions."));
        if (image is { State: ImageState.Processing, HasJob: false })
            findings.Add(new(FindingKind.ImageStuck, image.Id.ToString(), "It waits to be prepared and no job will do it."));
        return findings;
    }

    private static Finding Of(PromisedObject promised, ObjectCondition condition) =>
        (promised.IsOriginal, condition) switch
        {
            (true, ObjectCondition.Missing) => new(FindingKind.OriginalMissing, promised.Key.Value, $"{promised.LengthBytes} bytes are not there."),
            (true, _) => new(FindingKind.OriginalDamaged, promised.Key.Value, "It is not what its owner sent."),
            (false, ObjectCondition.Missing) => new(FindingKind.RenditionMissing, promised.Key.Value, $"{promised.LengthBytes} bytes are not there."),
            _ => new(FindingKind.RenditionDamaged, promised.Key.Value, "It is not what was stored."),
        };

    private async IAsyncEnumerable<Finding> FindOrphansAsync(
        string prefix,
        DateTimeOffset writtenBefore,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var batch in store
                .ListAsync(prefix, cancellationToken)
                .Where(o => o.WrittenAt < writtenBefore && ImageObjectKeys.ImageOf(o.Key) is not null)
                .Chunk(PageSize)
                .WithCancellation(cancellationToken)
        )
        {
            var known = await records.FindAsync([.. batch.Select(o => ImageObjectKeys.ImageOf(o.Key)!.Value).Distinct()], cancellationToken);
            foreach (var found in batch)
            {
                var image = known.GetValueOrDefault(ImageObjectKeys.ImageOf(found.Key)!.Value);
                // Gone by now? Then it was being removed just as we looked.
                if (image?.Keeps(found.Key) != true && await store.StatAsync(found.Key, cancellationToken) is not null)
                    yield return OrphanOf(image, found);
            }
        }
    }

    private static Finding OrphanOf(StoredImage? image, ObjectInfo found) =>
        image switch
        {
            { State: ImageState.Quarantined } => new(
                FindingKind.QuarantineLeaks,
                found.Key.Value,
                "Its image is quarantined, and these bytes lie where images are served from."
            ),
            null => new(FindingKind.OrphanObject, found.Key.Value, $"{found.LengthBytes} bytes of no image."),
            _ => new(FindingKind.OrphanObject, found.Key.Value, $"{found.LengthBytes} bytes that its image does not use."),
        };
}
