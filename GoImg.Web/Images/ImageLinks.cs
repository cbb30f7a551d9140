using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Shell;

namespace GoImg.Web.Images;

/// <summary>The list one came from to an image.</summary>
internal static class ImageLinks
{
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
            ImageContextKind.Library => ShellTexts.Library,
            ImageContextKind.Member => "@" + context.Value,
            ImageContextKind.Album => ShellTexts.Album,
            ImageContextKind.Tag => "#" + context.Value,
            ImageContextKind.Search => ShellTexts.Quoted.With(context.Value),
            _ => ShellTexts.Explore,
        };
}
