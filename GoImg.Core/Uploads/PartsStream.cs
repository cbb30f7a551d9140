using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>An upload's parts as the one file they are, opened one after the other.</summary>
internal sealed class PartsStream(IObjectStore store, IReadOnlyList<UploadPart> parts) : ForwardStream
{
    private OpenObject? _open;
    private int _part;
    private long _left;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_open is null)
            {
                if (_part == parts.Count)
                    return 0;
                _open = await store.OpenAsync(parts[_part].Key, range: null, cancellationToken) ?? throw Lost();
                _left = parts[_part].LengthBytes;
            }

            var read = await _open.Content.ReadAsync(buffer, cancellationToken);
            _left -= read;
            if (read > 0)
                return read;
            if (_left != 0)
                throw Lost();
            await _open.DisposeAsync();
            _open = null;
            _part++;
        }
    }

    public override ValueTask DisposeAsync() => _open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ObjectStoreUnavailableException Lost() =>
        new ObjectStoreUnavailableException($"The stored part {parts[_part].Key} of an upload is missing or not whole.");
}
