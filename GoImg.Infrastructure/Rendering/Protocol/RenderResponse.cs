namespace GoImg.Infrastructure.Rendering.Protocol;

internal enum RenderStatus
{
    Done,
    NotDecodable,
    OutOfMemory,
}

/// <summary>What a render process found out and made. The parts' bytes follow it, in order: placeholder then renditions, or one JPEG.</summary>
internal sealed record RenderResponse(RenderStatus Status, string Message, long Hash, int Colour, IReadOnlyList<long> PartLengths)
{
    private const int MaxParts = 17;
    private const int MaxMessage = 500;

    /// <summary>The request's.</summary>
    public long Ticket { get; init; }

    /// <summary>The bytes, on the render process' side.</summary>
    public IReadOnlyList<byte[]> Parts { get; private init; } = [];

    public static RenderResponse Rendered(long hash, int colour, IReadOnlyList<byte[]> parts) =>
        new(RenderStatus.Done, "", hash, colour, [.. parts.Select(p => p.LongLength)]) { Parts = parts };

    public static RenderResponse Transcoded(byte[] jpeg) => Rendered(0, 0, [jpeg]);

    public static RenderResponse Failed(RenderStatus status, string message) =>
        new(status, message[..Math.Min(message.Length, MaxMessage)], 0, 0, []);

    public void Write(Stream output)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Ticket);
        writer.Write((byte)Status);
        writer.Write(Message);
        writer.Write(Hash);
        writer.Write(Colour);
        writer.Write((byte)PartLengths.Count);
        foreach (var length in PartLengths)
            writer.Write(length);

        bytes.Position = 0;
        writer.Write((int)bytes.Length - sizeof(int));
        output.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        foreach (var part in Parts)
            output.Write(part);
        output.Flush();
    }

    /// <summary>Throws <see cref="InvalidDataException"/> or <see cref="IOException"/> for anything that is no answer.</summary>
    public static Task<RenderResponse> ReadAsync(Stream output, CancellationToken cancellationToken) =>
        RenderFrame.ReadAsync(output, Parse, cancellationToken);

    private static RenderResponse Parse(BinaryReader reader)
    {
        var ticket = reader.ReadInt64();
        var (status, message, hash, colour, count) = (
            (RenderStatus)reader.ReadByte(),
            reader.ReadString(),
            reader.ReadInt64(),
            reader.ReadInt32(),
            reader.ReadByte()
        );
        if (!Enum.IsDefined(status) || message.Length > MaxMessage || count > MaxParts)
            throw new InvalidDataException("The render process answered something else.");

        var lengths = new long[count];
        for (var i = 0; i < count; i++)
            lengths[i] = reader.ReadInt64();
        return new RenderResponse(status, OneLine(message), hash, colour & 0xFF_FFFF, lengths) { Ticket = ticket };
    }

    /// <summary>It goes to the log, and who wrote it has read a stranger's bytes.</summary>
    private static string OneLine(string message) =>
        string.Create(
            message.Length,
            message,
            (line, text) =>
            {
                for (var i = 0; i < line.Length; i++)
                    line[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        );
}
