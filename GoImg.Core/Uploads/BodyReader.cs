using System.Security.Cryptography;
using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>Cuts a request's body into parts. A connection that breaks off ends the part instead of failing it: what arrived is kept.</summary>
internal sealed class BodyReader(UploadBody body, CancellationToken cut) : IDisposable
{
    private readonly IncrementalHash? _hash = body.Checksum is { } sum ? IncrementalHash.CreateHash(sum.Algorithm) : null;
    private long _read;

    /// <summary>There is nothing more to read.</summary>
    public bool IsOver { get; private set; }

    /// <summary>It did not end where its sender meant it to.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next bytes, at most so many.</summary>
    public Stream Next(long maxBytes) => new Part(this, maxBytes);

    /// <summary>Whether more comes than was asked for; reads one byte to know.</summary>
    public async Task<bool> HasMoreAsync() => !IsOver && await ReadAsync(new byte[1]) > 0;

    /// <summary>True without a checksum. To be asked once, at the end.</summary>
    public bool IsProven() =>
        body.Checksum is null || (!IsCut && CryptographicOperations.FixedTimeEquals(_hash!.GetHashAndReset(), body.Checksum.Expected));

    public void Dispose() => _hash?.Dispose();

    private async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (IsOver)
            return 0;

        var read = 0;
        try
        {
            read = await body.Content.ReadAsync(buffer, cut);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            IsCut = true;
        }

        _read += read;
        // All that was announced is here: what happens to the connection from now on is of no interest.
        IsOver = read == 0 || _read == body.LengthBytes;
        _hash?.AppendData(buffer.Span[..read]);
        return read;
    }

    private sealed class Part(BodyReader reader, long maxBytes) : ForwardStream
    {
        private long _left = maxBytes;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
                return 0;

            var read = await reader.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }
    }
}
