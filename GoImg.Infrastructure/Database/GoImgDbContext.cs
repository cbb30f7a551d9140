using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Export;
using GoImg.Core.Images;
using GoImg.Core.Moderation;
using GoImg.Core.Notifications;
using GoImg.Core.Social;
using GoImg.Core.Uploads;
using GoImg.Infrastructure.Accounts;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace GoImg.Infrastructure.Database;

/// <summary>The whole schema. Each entity's table is described beside its feature in an <see cref="IEntityTypeConfiguration{TEntity}"/>.</summary>
public sealed class GoImgDbContext(DbContextOptions<GoImgDbContext> options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Member> Members => Set<Member>();

    public DbSet<Image> Images => Set<Image>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // For search. All are of PostgreSQL's own and may be created by the database's owner.
        builder.HasPostgresExtension("unaccent").HasPostgresExtension("pg_trgm");
        builder.ApplyConfigurationsFromAssembly(typeof(GoImgDbContext).Assembly);
        SnakeCase.Apply(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        builder.Properties<MemberId>().HaveConversion<Conversions.MemberIds>();
        builder.Properties<SessionId>().HaveConversion<Conversions.SessionIds>();
        builder.Properties<PersonalAccessTokenId>().HaveConversion<Conversions.PersonalAccessTokenIds>();
        builder.Properties<ImageId>().HaveConversion<Conversions.ImageIds>();
        builder.Properties<UploadId>().HaveConversion<Conversions.UploadIds>();
        builder.Properties<ReportId>().HaveConversion<Conversions.ReportIds>();
        builder.Properties<CaseId>().HaveConversion<Conversions.CaseIds>();
        builder.Properties<DecisionId>().HaveConversion<Conversions.DecisionIds>();
        builder.Properties<NotificationId>().HaveConversion<Conversions.NotificationIds>();
        builder.Properties<AlbumId>().HaveConversion<Conversions.AlbumIds>();
        builder.Properties<CommentId>().HaveConversion<Conversions.CommentIds>();
        builder.Properties<ExportId>().HaveConversion<Conversions.ExportIds>();
        builder.Properties<Username>().HaveConversion<Conversions.Usernames>();
        builder.Properties<EmailAddress>().HaveConversion<Conversions.Emails>();
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }
}
