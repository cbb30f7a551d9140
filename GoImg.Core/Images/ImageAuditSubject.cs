using GoImg.Core.Accounts;
using GoImg.Core.Audit;

namespace GoImg.Core.Images;

public static class ImageAuditSubject
{
    public static AuditSubject AsAuditSubject(this ImageId image) => new("image", image.ToString());

    /// <summary>Writes down that others see it now, or no longer.</summary>
    internal static void NoteVisibility(this IAuditLog audit, Actor actor, Image image, Visibility before)
    {
        if (image.Visibility != before)
            audit.Add(
                actor,
                AuditAction.VisibilityChanged,
                image.Id.AsAuditSubject(),
                before.ToString().ToLowerInvariant(),
                image.Visibility.ToString().ToLowerInvariant()
            );
    }
}
