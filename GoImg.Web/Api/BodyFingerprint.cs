using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace GoImg.Web.Api;

/// <summary>A request's body that is hashed while it is read. The boundary of a form, which is another each time the same form is sent, is left out.</summary>
internal sealed class BodyFingerprint : Stream
{
    private readonly Stream _body;
    private readonly byte[] _boundary;
    private readonly byte[] _rest;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _kept;

    public BodyFingerprint(HttpRequest request)
    {
        _body = request.Body;
        _boundary =
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Boundary.Length > 0
                ? Encoding.ASCII.GetBytes(HeaderUtilities.RemoveQuotes(type.Boundary).ToString())
                : [];
        _rest = new byte[Math.Max(1, _boundary.Length)];
        _hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{type?.MediaType}\n"));
    }

    /// <summary>How much was read, without boundaries.</summary>
    public long Bytes { get; private set; }

    /// <summary>Somebody has read the body to its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Call once, at the end of the body.</summary>
    public string Finish()
    {
        Take(_rest.AsSpan(0, _kept));
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <summary>Reads what nobody has read, unless it gets longer than <paramref name="most"/>.</summary>
    /// <returns>False when it did.</returns>
    public async Task<bool> DrainAsync(long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (!IsAtEnd && Bytes <= most)
            _ = await ReadAsync(buffer, cancellationToken);
        return IsAtEnd;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _body.ReadAsync(buffer, cancellationToken);
        IsAtEnd |= read == 0 && buffer.Length > 0;
        Append(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A boundary may come in two reads: what could be the beginning of one waits for the next.
    private void Append(ReadOnlySpan<byte> read)
    {
        if (_boundary.Length == 0)
        {
            Take(read);
            return;
        }

        byte[] all = [.. _rest.AsSpan(0, _kept), .. read];
        ReadOnlySpan<byte> left = all;
        for (var at = left.IndexOf(_boundary); at >= 0; at = left.IndexOf(_boundary))
        {
            Take(left[..at]);
            left = left[(at + _boundary.Length)..];
        }

        _kept = Math.Min(left.Length, _boundary.Length - 1);
        Take(left[..^_kept]);
        left[^_kept..].CopyTo(_rest);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        _hash.AppendData(bytes);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
