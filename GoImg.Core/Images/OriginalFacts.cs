using GoImg.Core.Rendering;

namespace GoImg.Core.Images;

/// <summary>What one read of an original tells beside its picture.</summary>
/// <param name="Crc32">Of its bytes, as a zip has it.</param>
public sealed record OriginalFacts(uint Crc32, CameraData Camera)
{
    /// <summary>Images whose originals were read by an earlier one are read again in the background. Raise it when more is to be known of them.</summary>
    public const int Version = 1;
}

/// <summary>Reads originals in managed code, with time and memory bounded by their bytes.</summary>
public interface IOriginalFactsReader
{
    /// <summary>Whatever the metadata are, they never fail it: what can't be read is not known. <paramref name="original"/> is seekable and stays open.</summary>
    Task<OriginalFacts> ReadAsync(Stream original, ImageFormat format, CancellationToken cancellationToken);
}
