using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Protocol;

/// <summary>A message on a pipe: its length in four bytes, little-endian, then that many bytes.</summary>
internal static class RenderFrame
{
    /// <summary>More is no message of ours.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The next message; null at the end of the stream.</summary>
    public static BinaryReader? Read(Stream stream)
    {
        var length = new byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            return null;

        var message = new byte[Check(length)];
        stream.ReadExactly(message);
        return new BinaryReader(new MemoryStream(message));
    }

    /// <summary>The next message as <paramref name="parse"/> understands it. Throws <see cref="InvalidDataException"/> for one that makes
    /// no sense and <see cref="IOException"/> at the end of the stream.</summary>
    public static async Task<T> ReadAsync<T>(Stream stream, Func<BinaryReader, T> parse, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var message = new byte[Check(length)];
        await stream.ReadExactlyAsync(message, cancellationToken);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(message));
            return parse(reader);
        }
        catch (Exception wrong) when (wrong is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("A message of the render process makes no sense.", wrong);
        }
    }

    private static int Check(byte[] prefix) =>
        BinaryPrimitives.ReadInt32LittleEndian(prefix) is var length and >= 0 and <= MaxBytes
            ? length
            : throw new InvalidDataException("A message of the render process has an impossible length.");
}
