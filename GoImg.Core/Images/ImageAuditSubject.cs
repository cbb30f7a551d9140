using GoImg.Core.Audit;

namespace GoImg.Core.Images;

public static class ImageAuditSubject
{
    public static AuditSubject AsAuditSubject(this ImageId image) => new("image", image.ToString());
}
