namespace GoImg.Core.Storage;

/// <summary>Whether browsers fetch what everyone may see from the store itself, at an address that it signed, instead of through this application.</summary>
public interface IDirectDelivery
{
    /// <summary>Scheme, host and port of all such addresses; null when there are none, because it is not wanted or the store can't.</summary>
    string? Origin { get; }

    /// <summary>How long an address is good for: as long as it takes until what was made private is private everywhere.</summary>
    TimeSpan ValidFor { get; }

    /// <summary>Only for what everyone may see now. Does not look whether the object is there.</summary>
    Task<Uri> AddressOfAsync(ObjectKey key, CancellationToken cancellationToken);
}
