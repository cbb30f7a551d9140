namespace GoImg.Core.Rendering;

/// <summary>Copies of originals for others: the same format and the same pixels without anything beside them.</summary>
public interface ICleanCopies
{
    /// <summary>Writes to <paramref name="target"/>, which is empty and seekable. False for a format that has to be encoded anew, and for a file
    /// that can't be told apart from what is hidden in it; what was written is of no use then. <paramref name="original"/> is seekable and stays open.</summary>
    Task<bool> TryWriteAsync(Stream original, ImageHeader header, Stream target, CancellationToken cancellationToken);
}
