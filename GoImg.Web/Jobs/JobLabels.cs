using System.Globalization;
using System.Text.Json;
using GoImg.Core.Jobs;

namespace GoImg.Web.Jobs;

/// <summary>How jobs read to an admin.</summary>
internal static class JobLabels
{
    public static string Of(string kind) =>
        kind switch
        {
            "image.prepare" => "Make a new image ready",
            "image.refresh" => "Scan or render an image again",
            "image.jpeg" => "Make a JPEG for a program that takes no WebP",
            "image.purge" => "Delete an image's files",
            "images.sweep" => "Clear up files of no image",
            "images.refresh" => "Look for outdated images",
            "uploads.sweep" => "Clear up uploads that no one finished",
            "images.scrub" => "Compare stored files",
            _ => kind,
        };

    public static string Of(JobState state) =>
        state switch
        {
            JobState.Waiting => "Waiting",
            JobState.Running => "Running",
            JobState.Done => "Done",
            _ => "Failed permanently",
        };

    public static string Age(TimeSpan? age) =>
        age switch
        {
            null => "none is due",
            { TotalSeconds: < 100 } s => string.Create(CultureInfo.InvariantCulture, $"{s.TotalSeconds:0} s"),
            { TotalMinutes: < 100 } m => string.Create(CultureInfo.InvariantCulture, $"{m.TotalMinutes:0} min"),
            { TotalHours: < 48 } h => string.Create(CultureInfo.InvariantCulture, $"{h.TotalHours:0} h"),
            { } d => string.Create(CultureInfo.InvariantCulture, $"{d.TotalDays:0} days"),
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
