using GoImg.Core.Images;

namespace GoImg.Web.Images.Tray;

/// <summary>What the browser says of one of its files. Name, title and size come with the first report only. Anyone can write this: it draws rows and nothing else.</summary>
public sealed record RowReport(int Key, string Phase, long Sent, string? Reason, string? Image, string? Name, string? Title, long Bytes)
{
    internal ImageId? ImageId => Guid.TryParse(Image, out var id) ? new ImageId(id) : null;

    internal TrayPhase PhaseOfRow => Phase switch
    {
        "sending" => TrayPhase.Sending,
        "received" when ImageId is not null => TrayPhase.Received,
        "duplicate" when ImageId is not null => TrayPhase.Duplicate,
        "trashed" when ImageId is not null => TrayPhase.DuplicateInTrash,
        "refused" => TrayPhase.Refused,
        "interrupted" => TrayPhase.Interrupted,
        _ => TrayPhase.Waiting,
    };
}

/// <summary>What files get that are added from now on, or still wait. <c>Visibility</c> is the form's word for it; <c>Titles</c>: suggest titles from file names.</summary>
public sealed record TraySettings(string Visibility, string Tags, string Album, bool Titles);
