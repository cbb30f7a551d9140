using System.Text.Json;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;

namespace GoImg.Web.Jobs;

/// <summary>How jobs read to an admin.</summary>
internal static class JobLabels
{
    public static string Of(string kind) =>
        kind switch
        {
            "image.prepare" => JobTexts.KindPrepare,
            "image.refresh" => JobTexts.KindRefresh,
            "image.jpeg" => JobTexts.KindJpeg,
            "image.full_size" => JobTexts.KindFullSize,
            "image.download" => JobTexts.KindDownload,
            "image.purge" => JobTexts.KindPurge,
            "images.sweep" => JobTexts.KindSweep,
            "images.refresh" => JobTexts.KindOutdated,
            "albums.purge" => JobTexts.KindPurgeAlbums,
            "idempotency.forget" => JobTexts.KindForgetKeys,
            "uploads.sweep" => JobTexts.KindUploads,
            "images.scrub" => JobTexts.KindScrub,
            "event.deliver" => JobTexts.KindEvent,
            "search.image" => JobTexts.KindSearchImage,
            "search.member" => JobTexts.KindSearchMember,
            "search.fill" => JobTexts.KindSearchFill,
            "social.recount" => JobTexts.KindRecount,
            "account.lift_suspension" => JobTexts.KindLiftSuspension,
            _ => kind,
        };

    public static string Of(JobState state) =>
        state switch
        {
            JobState.Waiting => JobTexts.Waiting,
            JobState.Running => JobTexts.Running,
            JobState.Done => JobTexts.Done,
            _ => JobTexts.FailedPermanently,
        };

    public static string Age(TimeSpan? age) =>
        age switch
        {
            null => JobTexts.NoneDue,
            { TotalSeconds: < 100 } s => JobTexts.AgeSeconds.With(s.TotalSeconds),
            { TotalMinutes: < 100 } m => JobTexts.AgeMinutes.With(m.TotalMinutes),
            { TotalHours: < 48 } h => JobTexts.AgeHours.With(h.TotalHours),
            { } d => JobTexts.AgeDays.With(d.TotalDays),
        };

    /// <summary>The id in a payload of one id, else the payload; null when it says nothing.</summary>
    public static string? About(JobView job)
    {
        using var payload = JsonDocument.Parse(job.Payload);
        return payload.RootElement is { ValueKind: JsonValueKind.Object } root
            ? root.EnumerateObject().ToList() switch
            {
                [] => null,
                [{ Value.ValueKind: JsonValueKind.String } only] => only.Value.GetString(),
                _ => job.Payload,
            }
            : job.Payload;
    }
}
