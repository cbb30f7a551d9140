using GoImg.Core.Accounts;
using GoImg.Core.Audit;

namespace GoImg.Core.Images;

public static class ImageAuditSubject
{
    public static AuditSubject AsAuditSubject(this ImageId image) => new("image", image.ToString());

    /// <summary>Writes down that others see it now, or no longer.</summary>
    internal static void NoteVisibility(this IAuditLog audit, Actor actor, Image image, Visibility before) =>
        audit.NoteVisibility(actor, AuditAction.VisibilityChanged, image.Id.AsAuditSubject(), before, image.Visibility);

    /// <summary>The same for whatever else has a visibility. No entry when it is as before.</summary>
    internal static void NoteVisibility(this IAuditLog audit, Actor actor, string action, AuditSubject subject, Visibility before, Visibility after)
    {
        if (after != before)
            audit.Add(actor, action, subject, before.ToString().ToLowerInvariant(), after.ToString().ToLowerInvariant());
    }
}
