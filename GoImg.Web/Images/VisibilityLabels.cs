using GoImg.Core.Images;
using GoImg.Web.Shell;

namespace GoImg.Web.Images;

/// <summary>How a visibility is told to people. Words only: who may see what is ImageAccess's to say.</summary>
internal static class VisibilityLabels
{
    /// <summary>A mark for what is not public; null for the usual.</summary>
    public static (string Icon, string Word)? Mark(Visibility visibility) =>
        visibility switch
        {
            Visibility.Private => ("lock", ShellTexts.Private),
            Visibility.Unlisted => ("link", ShellTexts.Unlisted),
            _ => null,
        };

    /// <summary>What copying a link means for an image that is in no list.</summary>
    public static string AboutLinks(Visibility visibility) =>
        visibility switch
        {
            Visibility.Unlisted => ImageTexts.LinksForAnyone,
            _ => ImageTexts.LinksForYou,
        };
}
