using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Web.Moderation;

namespace GoImg.Tests.Moderation;

/// <summary>Texts that are looked up by a value: each value has its own.</summary>
public sealed class ModerationLabelsTests
{
    [Fact]
    public void Each_kind_of_subject_has_its_sentences()
    {
        Func<ModerationSubjectKind, string>[] sentences =
        [
            ModerationLabels.ReportThis,
            ModerationLabels.OwnSubject,
            ModerationLabels.Unreported,
            ModerationLabels.MessageTo,
            ModerationLabels.SuspendOwnerOf,
            ModerationLabels.BanOwnerOf,
            kind => ModerationLabels.Title(new ModerationSubject(kind, Guid.Empty), null),
        ];

        Assert.All(sentences, sentence => Assert.Equal(4, Enum.GetValues<ModerationSubjectKind>().Where(kind => sentence(kind).Length > 0).Count()));
        Assert.Equal("Report this album", ModerationLabels.ReportThis(ModerationSubjectKind.Album));
        Assert.Equal("Deleted comment", ModerationLabels.Title(new ModerationSubject(ModerationSubjectKind.Comment, Guid.Empty), null));
    }

    [Fact]
    public void Each_role_status_state_visibility_rating_and_reason_has_its_word()
    {
        string[] words =
        [
            .. Enum.GetValues<Role>().Select(ModerationLabels.Of),
            .. Enum.GetValues<MemberStatus>().Select(ModerationLabels.Of),
            .. Enum.GetValues<ImageState>().Select(ModerationLabels.Of),
            .. Enum.GetValues<AlbumState>().Select(ModerationLabels.Of),
            .. Enum.GetValues<Visibility>().Select(v => ModerationLabels.Of(v)),
            .. Enum.GetValues<ContentRating>().Select(r => ModerationLabels.Of(r)),
            .. ModerationLabels.Reasons.SelectMany(r => new[] { r.Label, r.Hint }),
        ];

        Assert.DoesNotContain("", words);
        Assert.Equal("Not appropriate", ModerationLabels.Of(ReportReason.Inappropriate));
    }
}
