using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>Who may have an image's bytes, as <see cref="IImageQueries.FindFileAsync(Actor, string, CancellationToken)"/> answers it, remembered by this node for
/// two seconds at most: whoever asks after a change was saved here is answered by it, on other nodes once they have heard of it. A singleton.</summary>
public interface IImageFiles
{
    ValueTask<ImageFile?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken);

    ValueTask<ImageFile?> FindAsync(Actor actor, ImageId id, CancellationToken cancellationToken);

    /// <summary>Something about the image changed, or about its bytes. Quick and safe on many threads.</summary>
    void Forget(ImageId image);

    /// <summary>Something about the member changed that decides about all their images.</summary>
    void Forget(MemberId owner);
}
