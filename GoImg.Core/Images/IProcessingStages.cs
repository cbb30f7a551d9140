namespace GoImg.Core.Images;

/// <summary>How far the processing of an image has come, for its owner's open pages.</summary>
public interface IProcessingStages
{
    /// <summary>Notes the stage at once, outside the unit of work and without a new version.</summary>
    Task EnterAsync(Image image, ImageStage stage, CancellationToken cancellationToken);
}
