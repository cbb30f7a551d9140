using GoImg.Core.Storage;

namespace GoImg.Tests.Harness;

/// <summary>Whole objects without metadata, which most tests are about.</summary>
public static class StoreShortcuts
{
    public static Task PutAsync(this IObjectStore store, ObjectKey key, Stream content, CancellationToken cancellationToken) =>
        store.PutAsync(key, content, ObjectMetadata.None, cancellationToken);

    public static Task PromoteAsync(this IObjectStore store, StagedObject staged, ObjectKey key, CancellationToken cancellationToken) =>
        store.PromoteAsync(staged, key, ObjectMetadata.None, cancellationToken);

    public static Task<OpenObject?> OpenAsync(this IObjectStore store, ObjectKey key, CancellationToken cancellationToken) =>
        store.OpenAsync(key, range: null, cancellationToken);
}
