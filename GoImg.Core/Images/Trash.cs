namespace GoImg.Core.Images;

public static class Trash
{
    /// <summary>How long the trash keeps an image before it is purged.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);
}
