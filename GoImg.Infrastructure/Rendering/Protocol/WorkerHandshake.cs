using GoImg.Core.Rendering;

namespace GoImg.Infrastructure.Rendering.Protocol;

/// <summary>The first message of a render process: what it can do, or in <paramref name="Problem"/> why it can't.</summary>
/// <param name="Version">Of libvips, as in <c>8.18.7</c>.</param>
/// <param name="Library">The file libvips came from.</param>
/// <param name="Formats">What it decodes.</param>
internal sealed record WorkerHandshake(string Problem, string Version, string Library, IReadOnlyList<ImageFormat> Formats)
{
    // "GIR" and the protocol's version
    private const uint Magic = 0x03_52_49_47;

    private const int MaxProblem = 1000;

    /// <summary>Of a process that ends now.</summary>
    public static WorkerHandshake Unusable(string problem) =>
        new(problem[..Math.Min(problem.Length, MaxProblem)].ReplaceLineEndings(" ").Trim(), "", "", []);

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        writer.Write(Magic);
        writer.Write(Problem);
        writer.Write(Version);
        writer.Write(Library);
        writer.Write((byte)Formats.Count);
        foreach (var format in Formats)
            writer.Write((byte)format);

        bytes.Position = 0;
        writer.Write((int)bytes.Length - sizeof(int));
        return bytes.ToArray();
    }

    public static Task<WorkerHandshake> ReadAsync(Stream output, CancellationToken cancellationToken) =>
        RenderFrame.ReadAsync(output, Parse, cancellationToken);

    private static WorkerHandshake Parse(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("The process that was started is no render process of this version.");

        var (problem, version, library) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var formats = new ImageFormat[reader.ReadByte()];
        for (var i = 0; i < formats.Length; i++)
            formats[i] = (ImageFormat)reader.ReadByte();
        return new WorkerHandshake(problem, version, library, formats);
    }
}
