using GoImg.Core.Accounts;
using GoImg.Core.Moderation.Subjects;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>A member tells the moderators about an image, a comment, an album or another member.</summary>
public sealed class FileReport(ModerationSubjects subjects, ICases cases, RateLimiter rateLimiter, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Files the report in the subject's open case, or opens one. Once per member and subject, never on what is one's own.</summary>
    public async Task<Result<Report>> FileAsync(
        Actor actor,
        ModerationSubject about,
        ReportReason reason,
        string? words,
        CancellationToken cancellationToken
    )
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();

        var isCounted = false;
        return await unitOfWork.RetryAsync<Report>(
            async () =>
            {
                if (await subjects.FindAsync(about, cancellationToken) is not { } subject || !subject.IsVisibleTo(actor))
                    return new NotFound(about.What);
                if (subject.Owner is { } owner && owner.Id == me)
                    return new ModerationErrors.OwnSubject(about.Kind);
                var checkedWords = Report.CheckWords(reason, words);
                if (checkedWords.Error is { } wrong)
                    return wrong;
                if (await cases.HasReportedAsync(about, me, cancellationToken))
                    return new ModerationErrors.AlreadyReported();
                // Only what would be filed is counted, and once however often it is tried.
                if (!isCounted && (await rateLimiter.TakeAsync(actor, RateLimitedAction.Report, cancellationToken)).Error is { } tooMany)
                    return tooMany;

                isCounted = true;
                if (!await cases.HoldAsync(about, cancellationToken))
                    return new NotFound(about.What);
                return File(await CaseOfAsync(subject, cancellationToken), subject.ToEvidence(), me, reason, checkedWords.Value);
            },
            cancellationToken
        );
    }

    private Report File(ReportCase reportCase, Evidence evidence, MemberId reporter, ReportReason reason, string words)
    {
        var report = Report.File(reportCase, evidence, reporter, reason, words, time.GetUtcNow());
        reportCase.Receive(report);
        cases.Add(report);
        return report;
    }

    private async Task<ReportCase> CaseOfAsync(ModeratedSubject subject, CancellationToken cancellationToken)
    {
        if (await cases.FindOpenAsync(subject.Subject, cancellationToken) is { } open)
            return open;

        var opened = ReportCase.Open(subject.Subject, subject.Owner?.Id, time.GetUtcNow());
        cases.Add(opened);
        return opened;
    }
}
