using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>A member tells the moderators about an image.</summary>
public sealed class ReportImage(IImages images, ICases cases, RateLimiter rateLimiter, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Files the report in the image's open case, or opens one. Once per member and image, never on one's own.</summary>
    public async Task<Result<Report>> ReportAsync(Actor actor, string slug, ReportReason reason, string? words, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();

        var isCounted = false;
        return await unitOfWork.RetryAsync<Report>(
            async () =>
            {
                var image = await images.FindBySlugAsync(slug, cancellationToken);
                if (image is null || !ImageAccess.CanOpen(actor, image))
                    return new NotFound("image");
                if (image.OwnerId == me)
                    return new ModerationErrors.OwnImage();
                var checkedWords = Report.CheckWords(reason, words);
                if (checkedWords.Error is { } wrong)
                    return wrong;
                if (await cases.HasReportedAsync(image.Id, me, cancellationToken))
                    return new ModerationErrors.AlreadyReported();
                // Only what would be filed is counted, and once however often it is tried.
                if (!isCounted && (await rateLimiter.TakeAsync(actor, RateLimitedAction.Report, cancellationToken)).Error is { } tooMany)
                    return tooMany;

                isCounted = true;
                return File(await CaseOfAsync(image.Id, cancellationToken), image, me, reason, checkedWords.Value);
            },
            cancellationToken
        );
    }

    private Report File(ReportCase reportCase, Image image, MemberId reporter, ReportReason reason, string words)
    {
        var report = Report.File(reportCase.Id, image, reporter, reason, words, time.GetUtcNow());
        reportCase.Receive(report);
        cases.Add(report);
        return report;
    }

    private async Task<ReportCase> CaseOfAsync(ImageId image, CancellationToken cancellationToken)
    {
        if (await cases.FindOpenAsync(image, cancellationToken) is { } open)
            return open;

        var opened = ReportCase.Open(image, time.GetUtcNow());
        cases.Add(opened);
        return opened;
    }
}
