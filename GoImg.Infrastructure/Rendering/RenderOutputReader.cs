using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;

namespace GoImg.Infrastructure.Rendering;

/// <summary>Takes in what a render process made: copied out of its reach first, then checked, and nothing of it kept if any part is wrong.</summary>
internal sealed class RenderOutputReader(ScratchSpace scratch)
{
    private const int MaxPlaceholderBytes = 400;
    private const long MaxBytes = 64L << 20;
    private const int PieceBytes = 64 * 1024;

    /// <summary>Null when it is not what the plan asked for.</summary>
    public async Task<RenderedImage?> ReceiveAsync(RenderProcess process, RenderResponse answer, RenderPlan plan)
    {
        if (answer.PartLengths.Count != plan.Renditions.Count + 1 || answer.PartLengths[0] > MaxPlaceholderBytes || !AreBounded(answer.PartLengths))
            return null;

        var placeholder = new byte[answer.PartLengths[0]];
        await process.ReadPartAsync(placeholder);
        if (!RenditionCheck.IsPlaceholder(placeholder))
            return null;

        var directory = scratch.Create();
        RenderedImage? result = null;
        try
        {
            if (await SaveAllAsync(process, answer, plan, directory) is { } files)
                result = new RenderedImage(directory)
                {
                    WidthPx = plan.Header.UprightSize.WidthPx,
                    HeightPx = plan.Header.UprightSize.HeightPx,
                    DominantColor = $"#{answer.Colour:x6}",
                    PerceptualHash = answer.Hash,
                    Placeholder = placeholder,
                    Files = files,
                    Library = "libvips " + process.Greeting.Version,
                };
            return result;
        }
        finally
        {
            if (result is null)
                await directory.DisposeAsync();
        }
    }

    /// <summary>Null when it is no JPEG, or one with more than a picture in it.</summary>
    public static async Task<Stream?> ReceiveJpegAsync(RenderProcess process, RenderResponse answer)
    {
        if (answer.PartLengths is not [var length] || !AreBounded(answer.PartLengths))
            return null;

        var bytes = new byte[length];
        await process.ReadPartAsync(bytes);
        var jpeg = new MemoryStream(bytes, writable: false);
        var isBare = RenditionCheck.IsBareJpeg(jpeg);
        jpeg.Position = 0;
        return isBare ? jpeg : null;
    }

    private static async Task<List<RenderedFile>?> SaveAllAsync(
        RenderProcess process,
        RenderResponse answer,
        RenderPlan plan,
        ScratchDirectory directory
    )
    {
        var files = new List<RenderedFile>();
        foreach (var ((rendition, size), length) in plan.Renditions.Zip(answer.PartLengths.Skip(1)))
        {
            var path = directory.PathOf(rendition.File);
            if (!await SaveAsync(process, length, path, size))
                return null;
            files.Add(new RenderedFile(rendition, size.WidthPx, size.HeightPx, length, () => File.OpenRead(path)));
        }

        return files;
    }

    private static async Task<bool> SaveAsync(RenderProcess process, long length, string path, RenderSize size)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        var piece = new byte[(int)Math.Min(length, PieceBytes)];
        for (var left = length; left > 0; )
        {
            var part = piece.AsMemory(0, (int)Math.Min(left, piece.Length));
            await process.ReadPartAsync(part);
            await file.WriteAsync(part);
            left -= part.Length;
        }

        file.Position = 0;
        return RenditionCheck.IsWebP(file, size);
    }

    private static bool AreBounded(IReadOnlyList<long> lengths) => lengths.All(l => l is > 0 and <= MaxBytes) && lengths.Sum() <= MaxBytes;
}
