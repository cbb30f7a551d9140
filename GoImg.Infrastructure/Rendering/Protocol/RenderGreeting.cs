using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Protocol;

/// <summary>The first message of a render process: what it can do, or in <paramref name="Problem"/> why it can't.</summary>
internal sealed record RenderGreeting(string Problem, string Version, IReadOnlyList<ImageFormat> Formats)
{
    // "GIR" and the protocol's version
    private const uint Magic = 0x02_52_49_47;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Magic);
        writer.Write(Problem);
        writer.Write(Version);
        writer.Write((byte)Formats.Count);
        foreach (var format in Formats)
            writer.Write((byte)format);

        bytes.Position = 0;
        writer.Write((int)bytes.Length - sizeof(int));
        return bytes.ToArray();
    }

    public static Task<RenderGreeting> ReadAsync(Stream output, CancellationToken cancellationToken) =>
        RenderFrame.ReadAsync(output, Parse, cancellationToken);

    private static RenderGreeting Parse(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("The process that was started is no render process of this version.");

        var (problem, version) = (reader.ReadString(), reader.ReadString());
        var formats = new ImageFormat[reader.ReadByte()];
        for (var i = 0; i < formats.Length; i++)
            formats[i] = (ImageFormat)reader.ReadByte();
        return new RenderGreeting(problem, version, formats);
    }
}
