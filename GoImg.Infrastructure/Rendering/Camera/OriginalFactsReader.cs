using System.IO.Hashing;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;
using Microsoft.Extensions.Logging;

namespace GoImg.Infrastructure.Rendering.Camera;

internal sealed partial class OriginalFactsReader(ILogger<OriginalFactsReader> log) : IOriginalFactsReader
{
    // Time grows with the bytes of metadata and not with what they say; this is for what nobody thought of.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task<OriginalFacts> ReadAsync(Stream original, ImageFormat format, CancellationToken cancellationToken)
    {
        original.Position = 0;
        var checksum = new Crc32();
        await checksum.AppendAsync(original, cancellationToken);
        return new OriginalFacts(checksum.GetCurrentHashAsUInt32(), await CameraAsync(original, format, cancellationToken));
    }

    private async Task<CameraData> CameraAsync(Stream original, ImageFormat format, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Read(original, format), cancellationToken).WaitAsync(Limit, cancellationToken);
        }
        catch (Exception broken)
            when (broken is ArgumentException or OverflowException or IndexOutOfRangeException or FileRefusedException or TimeoutException)
        {
            LogUnread(broken.Message);
            return new CameraData();
        }
    }

    private static CameraData Read(Stream original, ImageFormat format)
    {
        using var view = FileView.Open(original);
        return CameraDataReader.Read(MetadataBlocks.Find(view.Bytes, format, original));
    }

    [LoggerMessage(LogLevel.Information, "The camera data of an original can't be read: {Why}")]
    private partial void LogUnread(string why);
}
