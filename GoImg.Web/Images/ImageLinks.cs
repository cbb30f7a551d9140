using GoImg.Core.Images;

namespace GoImg.Web.Images;

/// <summary>Addresses of an image, and of the list one came from.</summary>
internal static class ImageLinks
{
    public static string Page(string slug, ImageContext context) => $"/i/{slug}?in={Uri.EscapeDataString(context.ToString())}";

    public static string List(ImageContext context) =>
        context.Kind switch
        {
            ImageContextKind.Library => "/library",
            ImageContextKind.Member => $"/u/{Uri.EscapeDataString(context.Value)}",
            ImageContextKind.Album => $"/a/{Uri.EscapeDataString(context.Value)}",
            ImageContextKind.Tag => $"/t/{Uri.EscapeDataString(context.Value)}",
            ImageContextKind.Search => $"/search?q={Uri.EscapeDataString(context.Value)}",
            _ => "/explore",
        };

    public static string ListName(ImageContext context) =>
        context.Kind switch
        {
            ImageContextKind.Library => "Library",
            ImageContextKind.Member => "@" + context.Value,
            ImageContextKind.Album => "Album",
            ImageContextKind.Tag => "#" + context.Value,
            ImageContextKind.Search => $"“{context.Value}”",
            _ => "Explore",
        };
}
