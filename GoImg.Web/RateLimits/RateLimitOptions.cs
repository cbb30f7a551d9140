using System.Runtime.CompilerServices;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;

namespace GoImg.Web.RateLimits;

/// <summary>Section <c>Limits</c>. Each is a count in a sliding window; 0 is no limit.</summary>
internal sealed record RateLimitOptions : IRateLimitSettings, IValidatedOptions
{
    public static string Section => "Limits";

    /// <summary>A visitor's requests that change something or go to the API, by address.</summary>
    [Reloadable]
    public int RequestsPerMinute { get; init; } = 100;

    /// <summary>Pages and renditions, by address.</summary>
    [Reloadable]
    public int PagesPerMinute { get; init; } = 1000;

    /// <summary>Styles, scripts, icons, by address: what a page is made of is refused long after the page.</summary>
    [Reloadable]
    public int AssetsPerMinute { get; init; } = 6000;

    /// <summary>Questions for health, by address.</summary>
    [Reloadable]
    public int HealthChecksPerMinute { get; init; } = 600;

    /// <summary>A member's requests of resumable uploads.</summary>
    [Reloadable]
    public int UploadRequestsPerMinute { get; init; } = 1000;

    /// <summary>A member's requests that change something or go to the API.</summary>
    [Reloadable]
    public int MemberRequestsPerMinute { get; init; } = 300;

    [Reloadable]
    public int SignInsPerMinute { get; init; } = 5;

    [Reloadable]
    public int RegistrationsPerTenMinutes { get; init; } = 3;

    [Reloadable]
    public int UploadsPerHourOfNewMembers { get; init; } = 50;

    [Reloadable]
    public int UploadsPerHour { get; init; } = 500;

    [Reloadable]
    public int CommentsPerMinute { get; init; } = 10;

    [Reloadable]
    public int ReportsPerHour { get; init; } = 10;

    [Reloadable]
    public int ExportsPerDay { get; init; } = 2;

    /// <summary>Days for which a member counts as new.</summary>
    [Reloadable]
    public int NewMemberDays { get; init; } = 7;

    TimeSpan IRateLimitSettings.NewMemberFor => TimeSpan.FromDays(NewMemberDays);

    public RateLimit Of(RateLimitedAction use) =>
        use switch
        {
            RateLimitedAction.Request => new(RequestsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Page => new(PagesPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Asset => new(AssetsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Health => new(HealthChecksPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.UploadRequest => new(UploadRequestsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.MemberRequest => new(MemberRequestsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.SignIn => new(SignInsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Registration => new(RegistrationsPerTenMinutes, TimeSpan.FromMinutes(10)),
            RateLimitedAction.Upload => new(UploadsPerHour, TimeSpan.FromHours(1)),
            RateLimitedAction.NewMemberUpload => new(UploadsPerHourOfNewMembers, TimeSpan.FromHours(1)),
            RateLimitedAction.Comment => new(CommentsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Report => new(ReportsPerHour, TimeSpan.FromHours(1)),
            RateLimitedAction.Export => new(ExportsPerDay, TimeSpan.FromDays(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Every use has a limit."),
        };

    public void Check(OptionRules rules)
    {
        Count(RequestsPerMinute);
        Count(PagesPerMinute);
        Count(AssetsPerMinute);
        Count(HealthChecksPerMinute);
        Count(UploadRequestsPerMinute);
        Count(MemberRequestsPerMinute);
        Count(SignInsPerMinute);
        Count(RegistrationsPerTenMinutes);
        Count(UploadsPerHourOfNewMembers);
        Count(UploadsPerHour);
        Count(CommentsPerMinute);
        Count(ReportsPerHour);
        Count(ExportsPerDay);
        rules.Range(NewMemberDays, 0, 3650);

        void Count(int count, [CallerArgumentExpression(nameof(count))] string key = "") => rules.Range(count, 0, 1_000_000_000, "no limit", key);
    }
}
