namespace GoImg.Core.Rendering;

/// <summary>The sizes that images are kept in. Pages name five of them; a site may add others. Of a picture that is smaller than several only the smallest
/// of these is stored, and who asks for another gets that.</summary>
public sealed class RenditionSet
{
    /// <summary>Longest side in pixels, by name.</summary>
    public static readonly IReadOnlyDictionary<string, int> Defaults = new Dictionary<string, int>
    {
        [ThumbnailName] = 160,
        [SmallName] = 320,
        [MediumName] = 800,
        [LargeName] = 1600,
        [XLargeName] = 2560,
    };

    /// <summary>Names that pages rely on, smallest first.</summary>
    public static readonly IReadOnlyList<string> Needed = [ThumbnailName, SmallName, MediumName, LargeName, XLargeName];

    /// <summary>What else stands at the same place in the addresses of an image.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["thumb", "original", "full", "download", "edit", "report"];

    private const string ThumbnailName = "thumbnail";
    private const string SmallName = "small";
    private const string MediumName = "medium";
    private const string LargeName = "large";
    private const string XLargeName = "xlarge";

    /// <param name="sizes">Has all <see cref="Needed"/> names.</param>
    public RenditionSet(IReadOnlyDictionary<string, int> sizes)
    {
        All = [.. sizes.Select(size => new Rendition(size.Key, size.Value)).OrderByDescending(r => r.MaxSidePx)];
        Thumbnail = Named(ThumbnailName);
        Small = Named(SmallName);
        Medium = Named(MediumName);
        Large = Named(LargeName);
        XLarge = Named(XLargeName);
    }

    public static RenditionSet Default { get; } = new(Defaults);

    /// <summary>Largest first, the order they are made in.</summary>
    public IReadOnlyList<Rendition> All { get; }

    public Rendition Thumbnail { get; }

    public Rendition Small { get; }

    public Rendition Medium { get; }

    public Rendition Large { get; }

    public Rendition XLarge { get; }

    /// <summary>By the API's name or the short one of direct links (<c>thumb</c>); null for anything else.</summary>
    public Rendition? Find(string name) => name == "thumb" ? Thumbnail : All.FirstOrDefault(r => r.Name == name);

    /// <summary>What is served for <paramref name="asked"/>: itself, or the next smaller one that is stored, which is the same picture, or the largest
    /// there is before an image was rendered anew for a larger size. Null when there is none.</summary>
    public Rendition? Served(Rendition asked, Func<Rendition, bool> isStored) =>
        All.SkipWhile(r => r != asked && r.MaxSidePx >= asked.MaxSidePx).FirstOrDefault(isStored);

    private Rendition Named(string name) => All.First(r => r.Name == name);
}
