namespace GoImg.Core.Rendering;

/// <summary>A sized copy: longest side at most <paramref name="MaxSidePx"/>, never enlarged, upright, sRGB, without metadata.</summary>
public sealed record Rendition(string Name, int MaxSidePx)
{
    public static readonly Rendition Thumbnail = new("thumbnail", 160);
    public static readonly Rendition Small = new("small", 320);
    public static readonly Rendition Medium = new("medium", 800);
    public static readonly Rendition Large = new("large", 1600);

    /// <summary>Largest first, the order they are made in.</summary>
    public static readonly IReadOnlyList<Rendition> All = [Large, Medium, Small, Thumbnail];

    /// <summary>By the API's name or the short one of direct links (<c>thumb</c>); null for anything else.</summary>
    public static Rendition? Find(string name) => name == "thumb" ? Thumbnail : All.FirstOrDefault(r => r.Name == name);

    /// <summary>The size this rendition has of an upright image of the given size.</summary>
    public (int WidthPx, int HeightPx) SizeOf(int widthPx, int heightPx)
    {
        var scale = Math.Min(1d, MaxSidePx / (double)Math.Max(widthPx, heightPx));
        return (Math.Max(1, (int)Math.Round(widthPx * scale)), Math.Max(1, (int)Math.Round(heightPx * scale)));
    }
}
