using GoImg.Core.Images;

namespace GoImg.Web.Uploads.Tray;

/// <summary>What the browser says of one of its files. Name, title and size come with the first report only. Anyone can write this: it draws rows and nothing else.</summary>
/// <param name="Retitled">The file went off under an older title than this one.</param>
public sealed record RowReport(
    int Key,
    string Phase,
    long Sent,
    string? Reason,
    string? Image,
    string? Name,
    string? Title,
    long Bytes,
    bool Retitled = false
)
{
    internal ImageId? ImageId => Guid.TryParse(Image, out var id) ? new ImageId(id) : null;

    internal TrayPhase PhaseOfRow =>
        Phase switch
        {
            "paused" => TrayPhase.Paused,
            "sending" => TrayPhase.Sending,
            "offline" => TrayPhase.Offline,
            "lost" => TrayPhase.Lost,
            "received" when ImageId is not null => TrayPhase.Received,
            "duplicate" when ImageId is not null => TrayPhase.Duplicate,
            "trashed" when ImageId is not null => TrayPhase.DuplicateInTrash,
            "refused" => TrayPhase.Refused,
            "interrupted" => TrayPhase.Interrupted,
            _ => TrayPhase.Waiting,
        };
}

/// <summary>What files get that are added from now on, or still wait. <c>Visibility</c> is the form's word for it; <c>Titles</c>: suggest titles from file names. <c>Closes</c>: the tray closes by itself when all went well.</summary>
public sealed record TraySettings(string Visibility, string Tags, string Album, bool Titles, bool Closes = false);
