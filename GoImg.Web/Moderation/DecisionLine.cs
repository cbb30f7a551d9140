using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Web.Images;

namespace GoImg.Web.Moderation;

/// <summary>A decision as its row says it: a few words of it, so that a grid of many keeps little.</summary>
/// <param name="Subject">What it was about; null when that is the member alone.</param>
/// <param name="SubjectUrl">Null when it was deleted permanently.</param>
/// <param name="Member">The username; null when that account is gone.</param>
/// <param name="UndoneBy">Null while it stands.</param>
public sealed record DecisionLine(
    DecisionId Id,
    DateTimeOffset At,
    string What,
    string? Subject,
    string? SubjectUrl,
    string? Member,
    string By,
    string Message,
    string Note,
    string? UndoneBy
)
{
    public static DecisionLine From(DecisionRow row, IImageUrls urls)
    {
        var isOnSubject = row.Subject.Kind != ModerationSubjectKind.Member;
        return new(
            row.Id,
            row.At,
            ModerationLabels.Done(row.Subject.Kind, row.Action),
            isOnSubject ? ModerationLabels.Title(row.Subject, row.Preview) : null,
            isOnSubject ? ModerationLabels.Url(row.Preview, urls) : null,
            row.Member,
            row.Moderator ?? "GoImg",
            row.Message,
            row.Note,
            row.UndoneAt is null ? null : row.UndoneBy ?? "GoImg"
        );
    }

    public static Page<DecisionLine> From(Page<DecisionRow> page, IImageUrls urls) => new([.. page.Items.Select(row => From(row, urls))], page.Next);
}
