using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Bounds what a file carries beside its picture, before native code holds it all in memory: a 480 KB PNG of
/// compressed text would cost libvips gigabytes when it opens the header.</summary>
internal sealed class AncillaryBudget(long maxBytes = AncillaryBudget.DefaultBytes, int maxParts = AncillaryBudget.DefaultParts)
{
    public const long DefaultBytes = 4 << 20;
    public const int DefaultParts = 1_000;
    private long _bytes;
    private int _parts;

    /// <summary>Counts one part of the given size.</summary>
    public void Spend(long bytes)
    {
        _bytes += bytes;
        if (++_parts > maxParts)
            throw new FileRefusedException(new ImageFileErrors.TooMuchMetadata(FileFaultTexts.TooManyParts.With(maxParts)));
        if (_bytes > maxBytes)
            throw new FileRefusedException(new ImageFileErrors.TooMuchMetadata(FileFaultTexts.TooManyMiB.With(maxBytes >> 20)));
    }
}
