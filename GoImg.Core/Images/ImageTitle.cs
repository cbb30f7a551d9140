namespace GoImg.Core.Images;

/// <summary>What an image is called where its owner gave it no title.</summary>
public static class ImageTitle
{
    public static string Untitled => ImageTitleTexts.Untitled;

    public static string Shown(string title) => title.Length > 0 ? title : Untitled;
}
