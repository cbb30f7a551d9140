using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>A member tells the moderators about an image.</summary>
public sealed class ReportImage(IImages images, ICases cases, RateLimiter rateLimiter, IUnitOfWork unitOfWork, TimeProvider time)
{
    // Each try meets the case as another report or decision left it; nobody loses this often in a row by chance.
    private const int MaxTries = 5;

    /// <summary>Files the report in the image's open case, or opens one. Once per member and image, never on one's own.</summary>
    public async Task<Result<Report>> ReportAsync(Actor actor, string slug, ReportReason reason, string? words, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();

        for (var attempt = 1; ; attempt++)
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
            if (attempt == 1 && (await rateLimiter.TakeAsync(actor, RateLimitedAction.Report, cancellationToken)).Error is { } tooMany)
                return tooMany;

            var report = File(await CaseOfAsync(image.Id, cancellationToken), image, me, reason, checkedWords.Value);
            var saved = await unitOfWork.CommitAsync(cancellationToken);
            if (saved.IsSuccess)
                return report;
            if (saved.Error is not StaleEdit || attempt == MaxTries)
                return saved.Error!;
        }
    }

    private Report File(ReportCase reportCase, Image image, MemberId reporter, ReportReason reason, string words)
    {
        // Counting changes the case's version: a decision made at this moment can't close over a report nobody read.
        reportCase.CountReport();
        var report = Report.File(reportCase.Id, image, reporter, reason, words, time.GetUtcNow());
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
