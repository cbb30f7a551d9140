using GoImg.Infrastructure.Storage.S3;

namespace GoImg.Tests.Storage.S3;

/// <summary>The contract at the server that is written here, for machines without another.</summary>
public sealed class FakeS3StoreTests : S3ObjectStoreContract
{
    private FakeS3? _server;

    private protected override async Task<S3Options> OpenPlaceAsync()
    {
        _server = await FakeS3.StartAsync();
        // Lists have pages.
        _server.PageSize = 2;
        return _server.Options;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
