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

    public static async Task<BinaryReader> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var message = new byte[Check(length)];
        await stream.ReadExactlyAsync(message, cancellationToken);
        return new BinaryReader(new MemoryStream(message));
    }

    private static int Check(byte[] prefix) => BinaryPrimitives.ReadInt32LittleEndian(prefix) is var length and >= 0 and <= MaxBytes
        ? length
        : throw new InvalidDataException("A message of the render process has an impossible length.");
}
