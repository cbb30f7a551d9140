using GoImg.Core.Storage;

namespace GoImg.Infrastructure.Storage;

/// <inheritdoc cref="IDirectDelivery"/>
/// <param name="store">Signs the addresses.</param>
/// <param name="origin">See <see cref="Origin"/>.</param>
internal sealed class DirectDelivery(IObjectStore store, string? origin) : IDirectDelivery
{
    public string? Origin => origin;

    public TimeSpan ValidFor => TimeSpan.FromMinutes(5);

    public Task<Uri> AddressOfAsync(ObjectKey key, CancellationToken cancellationToken) => store.GetSignedUrlAsync(key, ValidFor, cancellationToken);
}
