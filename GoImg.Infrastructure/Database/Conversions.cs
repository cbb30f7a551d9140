using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Export;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Core.Social;
using GoImg.Core.Uploads;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GoImg.Infrastructure.Database;

/// <summary>How Core's value types lie in columns. A new id type gets its line here and in <see cref="GoImgDbContext"/>.</summary>
internal static class Conversions
{
    internal sealed class MemberIds() : ValueConverter<MemberId, Guid>(id => id.Value, value => new MemberId(value));

    internal sealed class SessionIds() : ValueConverter<SessionId, Guid>(id => id.Value, value => new SessionId(value));

    internal sealed class PersonalAccessTokenIds()
        : ValueConverter<PersonalAccessTokenId, Guid>(id => id.Value, value => new PersonalAccessTokenId(value));

    internal sealed class ImageIds() : ValueConverter<ImageId, Guid>(id => id.Value, value => new ImageId(value));

    internal sealed class UploadIds() : ValueConverter<UploadId, Guid>(id => id.Value, value => new UploadId(value));

    internal sealed class ReportIds() : ValueConverter<ReportId, Guid>(id => id.Value, value => new ReportId(value));

    internal sealed class CaseIds() : ValueConverter<CaseId, Guid>(id => id.Value, value => new CaseId(value));

    internal sealed class DecisionIds() : ValueConverter<DecisionId, Guid>(id => id.Value, value => new DecisionId(value));

    internal sealed class NotificationIds() : ValueConverter<NotificationId, Guid>(id => id.Value, value => new NotificationId(value));

    internal sealed class AlbumIds() : ValueConverter<AlbumId, Guid>(id => id.Value, value => new AlbumId(value));

    internal sealed class CommentIds() : ValueConverter<CommentId, Guid>(id => id.Value, value => new CommentId(value));

    internal sealed class ExportIds() : ValueConverter<ExportId, Guid>(id => id.Value, value => new ExportId(value));

    internal sealed class Usernames() : ValueConverter<Username, string>(name => name.Value, value => Username.FromTrusted(value));

    internal sealed class Emails() : ValueConverter<EmailAddress, string>(email => email.Value, value => EmailAddress.FromTrusted(value));
}
