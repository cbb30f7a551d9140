namespace GoImg.Core.Rendering;

/// <summary>Kinds of files that GoImg knows and does not take, by what their owner can do.</summary>
public enum ForeignKind
{
    Raw,
    Video,
    Pdf,
    Drawing,
    Project,
    Picture,
}

public static class ForeignKinds
{
    /// <summary>The sentence, with a place for the format's name.</summary>
    public static string Words(this ForeignKind kind) =>
        kind switch
        {
            ForeignKind.Raw => ImageFileErrorTexts.ForeignRaw,
            ForeignKind.Video => ImageFileErrorTexts.ForeignVideo,
            ForeignKind.Pdf => ImageFileErrorTexts.ForeignPdf,
            ForeignKind.Drawing => ImageFileErrorTexts.ForeignDrawing,
            ForeignKind.Project => ImageFileErrorTexts.ForeignProject,
            _ => ImageFileErrorTexts.ForeignPicture,
        };
}
