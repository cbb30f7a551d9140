using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Tests.Harness;

public static class DirectUpload
{
    /// <summary>Past the web: staged and accepted, as every way in does in the end.</summary>
    public static async Task<Result<UploadOutcome>> UploadAsync(this UploadImage upload, Actor actor, byte[] file, NewImage image)
    {
        var staging = await upload.StageAsync(new MemoryStream(file), TestContext.Current.CancellationToken);
        if (staging.Error is { } unstored)
            return unstored;
        await using var staged = staging.Value;
        return await upload.AcceptAsync(actor, staged, image, TestContext.Current.CancellationToken);
    }
}
