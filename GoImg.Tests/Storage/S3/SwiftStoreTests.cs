using GoImg.Infrastructure.Storage.S3;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Storage.S3;

/// <summary>The contract at a server that others wrote.</summary>
[Trait("Duration", "long")]
public sealed class SwiftStoreTests : S3ObjectStoreContract
{
    private protected override Task<S3Options> OpenPlaceAsync() => SwiftServer.NewPlaceAsync();
}
