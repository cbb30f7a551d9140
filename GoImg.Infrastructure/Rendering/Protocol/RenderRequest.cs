using System.Security.Cryptography;
using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Protocol;

/// <summary>What a render process is asked for; the file's bytes follow it. Without sizes a WebP becomes a JPEG.</summary>
internal sealed record RenderRequest
{
    private const int MaxSizes = 16;

    /// <summary>What the answer has to repeat. No one can know it before the question is asked, so an answer that waited in the pipe, to an image before, is told.</summary>
    public long Ticket { get; init; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public required ImageFormat Format { get; init; }

    public required long InputLength { get; init; }

    /// <summary>Size of one frame as it comes out of the decoder.</summary>
    public required int WidthPx { get; init; }

    public required int HeightPx { get; init; }

    /// <summary>Frames to load: all, or 1.</summary>
    public required int Frames { get; init; }

    /// <summary>What is left to be done after decoding, as EXIF counts it.</summary>
    public required int Orientation { get; init; }

    /// <summary>Private memory the process may have in all meanwhile.</summary>
    public required long MemoryBytes { get; init; }

    public required int CpuSeconds { get; init; }

    /// <summary>Decode a JPEG as small as possible: faster, a little softer.</summary>
    public required bool IsFast { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<RenderSize> Sizes { get; init; }

    public bool IsTurned => Orientation >= 5;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Ticket);
        writer.Write((byte)Format);
        writer.Write(InputLength);
        writer.Write(WidthPx);
        writer.Write(HeightPx);
        writer.Write(Frames);
        writer.Write((byte)Orientation);
        writer.Write(MemoryBytes);
        writer.Write(CpuSeconds);
        writer.Write(IsFast);
        writer.Write((byte)Sizes.Count);
        foreach (var size in Sizes)
        {
            writer.Write(size.WidthPx);
            writer.Write(size.HeightPx);
            writer.Write((byte)size.QualityPercent);
            writer.Write((byte)size.Effort);
            writer.Write(size.IsAnimated);
        }

        bytes.Position = 0;
        writer.Write((int)bytes.Length - sizeof(int));
        return bytes.ToArray();
    }

    /// <summary>The next request; null when there will be none.</summary>
    public static RenderRequest? Read(Stream input)
    {
        if (RenderFrame.Read(input) is not { } reader)
            return null;

        var request = new RenderRequest
        {
            Ticket = reader.ReadInt64(),
            Format = (ImageFormat)reader.ReadByte(),
            InputLength = reader.ReadInt64(),
            WidthPx = reader.ReadInt32(),
            HeightPx = reader.ReadInt32(),
            Frames = reader.ReadInt32(),
            Orientation = reader.ReadByte(),
            MemoryBytes = reader.ReadInt64(),
            CpuSeconds = reader.ReadInt32(),
            IsFast = reader.ReadBoolean(),
            Sizes = new RenderSize[Math.Min(reader.ReadByte(), (byte)MaxSizes)],
        };
        var sizes = (RenderSize[])request.Sizes;
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = new RenderSize(reader.ReadInt32(), reader.ReadInt32(), reader.ReadByte(), reader.ReadByte(), reader.ReadBoolean());

        return request;
    }
}

/// <summary>One WebP to make, upright.</summary>
internal sealed record RenderSize(int WidthPx, int HeightPx, int QualityPercent, int Effort, bool IsAnimated);
