using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering;

/// <summary>What ends a file of each format that has such a mark.</summary>
internal static class EndMark
{
    public static ReadOnlySpan<byte> Of(ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => [0xFF, 0xD9],
            ImageFormat.Gif => [0x3B],
            ImageFormat.Png => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82],
            _ => [],
        };

    /// <summary>The file as it would be with its end mark: decoders in their strict modes ask for one. Reads from <paramref name="content"/>, which stays open.</summary>
    public static Stream Complete(Stream content, ImageHeader header) =>
        header.EndsAt is { } end ? new CompletedStream(content, end, Of(header.Format).ToArray()) : content;

    private sealed class CompletedStream(Stream content, long end, byte[] mark) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => end + mark.Length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Length - Position);
            if (Position < end)
            {
                content.Position = Position;
                count = content.Read(buffer[..(int)Math.Min(count, end - Position)]);
            }
            else
            {
                mark.AsSpan((int)(Position - end), count).CopyTo(buffer);
            }

            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
