using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Images;

internal sealed class ProcessingStages(GoImgDbContext db, ILiveUpdates liveUpdates) : IProcessingStages
{
    public async Task EnterAsync(Image image, ImageStage stage, CancellationToken cancellationToken)
    {
        await db
            .Images.Where(i => i.Id == image.Id && i.State == ImageState.Processing)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Stage, stage), cancellationToken);
        await liveUpdates.PublishAsync(new LiveUpdate(image.OwnerId, ImagesRegistration.LiveUpdateKind, image.Id.Value), cancellationToken);
    }
}
