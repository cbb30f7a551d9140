using GoImg.Core.Storage;

namespace GoImg.Tests.Storage;

/// <summary>A store like any other, but for its objects: they are read from their beginning to their end, as an answer of a server is.</summary>
internal sealed class ForwardOnlyStore(IObjectStore inner) : IObjectStore
{
    public async Task<Stream?> OpenAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await inner.OpenAsync(key, cancellationToken) is { } content ? new Forwards(content) : null;

    public Task<StagedObject> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) =>
        inner.StageAsync(content, maxBytes, cancellationToken);

    public Task PromoteAsync(StagedObject staged, ObjectKey key, CancellationToken cancellationToken) =>
        inner.PromoteAsync(staged, key, cancellationToken);

    public Task PutAsync(ObjectKey key, Stream content, CancellationToken cancellationToken) => inner.PutAsync(key, content, cancellationToken);

    public Task<ObjectInfo?> StatAsync(ObjectKey key, CancellationToken cancellationToken) => inner.StatAsync(key, cancellationToken);

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task<int> SweepStagedAsync(TimeSpan age, CancellationToken cancellationToken) => inner.SweepStagedAsync(age, cancellationToken);

    private sealed class Forwards(Stream content) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => content.Length;

        public override long Position
        {
            get => content.Position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            content.ReadAsync(buffer, cancellationToken);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await content.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            content.Dispose();
            base.Dispose(disposing);
        }
    }
}
