using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Images;

/// <summary>A new title for one's own image, whatever its state but the trash; the rest of its details stay.</summary>
public sealed class RetitleImage(IImages images, IUnitOfWork work)
{
    public async Task<Result> RunAsync(Actor actor, ImageId id, string title, CancellationToken cancellationToken)
    {
        var image = await images.FindAsync(id, cancellationToken);
        if (image is null || !ImageAccess.CanEdit(actor, image))
            return new NotFound("image");

        var details = ImageDetails.Create(title, image.Description, image.AltText, image.Tags, image.Visibility, image.Rating);
        if (details.Error is { } error)
            return error;

        image.Edit(details.Value);
        return await work.CommitAsync(cancellationToken);
    }
}
