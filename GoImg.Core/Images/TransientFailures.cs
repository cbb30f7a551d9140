using GoImg.Core.Jobs;
using GoImg.Core.Rendering;
using GoImg.Core.Scanning;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Tells what is broken around an image from what is wrong with it: for an outage the job waits and spends no attempt.</summary>
internal static class TransientFailures
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    /// <summary>Null when it is no outage.</summary>
    public static JobOutcome.Snooze? SnoozeOf(Exception exception) =>
        exception switch
        {
            ScannerUnavailableException or RendererUnavailableException or ObjectStoreUnavailableException => new(Delay, exception.Message),
            // A full or failing disk under the scratch space; what a damaged file does to its readers comes as another exception.
            IOException => new JobOutcome.Snooze(Delay, $"The disk failed: {exception.Message}"),
            _ => null,
        };
}
