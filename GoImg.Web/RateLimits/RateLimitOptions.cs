using GoImg.Core.RateLimits;

namespace GoImg.Web.RateLimits;

/// <summary>Section <c>Limits</c>. Each is a count in a sliding window; 0 is no limit.</summary>
internal sealed record RateLimitOptions : IRateLimitSettings
{
    /// <summary>A visitor's requests that change something or go to the API, by address.</summary>
    public int RequestsPerMinute { get; init; } = 100;

    /// <summary>Pages and renditions, by address.</summary>
    public int PagesPerMinute { get; init; } = 1000;

    /// <summary>A member's requests of resumable uploads.</summary>
    public int UploadRequestsPerMinute { get; init; } = 1000;

    /// <summary>A member's requests that change something or go to the API.</summary>
    public int MemberRequestsPerMinute { get; init; } = 300;

    public int SignInsPerMinute { get; init; } = 5;

    public int RegistrationsPerTenMinutes { get; init; } = 3;

    public int UploadsPerHourOfNewMembers { get; init; } = 50;

    public int UploadsPerHour { get; init; } = 500;

    public int CommentsPerMinute { get; init; } = 10;

    public int ReportsPerHour { get; init; } = 10;

    public int ExportsPerDay { get; init; } = 2;

    /// <summary>Days for which a member counts as new.</summary>
    public int NewMemberDays { get; init; } = 7;

    TimeSpan IRateLimitSettings.NewMemberFor => TimeSpan.FromDays(NewMemberDays);

    public RateLimit Of(RateLimitedAction use) =>
        use switch
        {
            RateLimitedAction.Request => new(RequestsPerMinute, TimeSpan.FromMinutes(1)),
            RateLimitedAction.Page => new(PagesPerMinute, TimeSpan.FromMinutes(1)),
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

    /// <summary>The first key with a value that can't be, as a sentence; null when all is well.</summary>
    public string? Problem()
    {
        (string Key, int Count)[] counts =
        [
            (nameof(RequestsPerMinute), RequestsPerMinute),
            (nameof(PagesPerMinute), PagesPerMinute),
            (nameof(UploadRequestsPerMinute), UploadRequestsPerMinute),
            (nameof(MemberRequestsPerMinute), MemberRequestsPerMinute),
            (nameof(SignInsPerMinute), SignInsPerMinute),
            (nameof(RegistrationsPerTenMinutes), RegistrationsPerTenMinutes),
            (nameof(UploadsPerHourOfNewMembers), UploadsPerHourOfNewMembers),
            (nameof(UploadsPerHour), UploadsPerHour),
            (nameof(CommentsPerMinute), CommentsPerMinute),
            (nameof(ReportsPerHour), ReportsPerHour),
            (nameof(ExportsPerDay), ExportsPerDay),
        ];
        foreach (var (key, count) in counts)
        {
            if (count is < 0 or > 1_000_000_000)
                return $"Limits:{key} is {count}; it must be from 0 (no limit) to 1000000000.";
        }

        return NewMemberDays is < 0 or > 3650 ? $"Limits:NewMemberDays is {NewMemberDays}; it must be from 0 to 3650." : null;
    }
}
