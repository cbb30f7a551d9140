using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GoImg.Infrastructure.Database;

/// <summary>The database holds the invariants too; here its refusals become Core's words.</summary>
internal static class UniqueViolations
{
    /// <summary>Null when the refusal is not an expected one and should be thrown on.</summary>
    public static Error? Explain(DbUpdateException refused) =>
        refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            ? violation.ConstraintName switch
            {
                "ix_members_username_key" or "user_name_index" => new AccountErrors.NameTaken(),
                "ix_members_email_key" or "email_index" => new AccountErrors.EmailTaken(),
                "ix_images_owner_id_sha256" => new ImageErrors.AlreadyInGallery(),
                "ix_reports_once_per_member" => new ModerationErrors.AlreadyReported(),
                _ => new StaleEdit(),
            }
            : null;
}
