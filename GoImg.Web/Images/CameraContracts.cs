using GoImg.Core.Images;

namespace GoImg.Web.Images;

/// <summary>Camera data of a file. <paramref name="OffsetMinutes"/> is the camera's offset from UTC; null when the file names none, and then <paramref name="TakenAt"/>
/// is what the camera's clock showed, written as UTC.</summary>
public sealed record CameraResponse(
    DateTimeOffset? TakenAt,
    int? OffsetMinutes,
    string? Make,
    string? Model,
    string? Lens,
    double? ExposureSeconds,
    double? FNumber,
    int? Iso,
    double? FocalLengthMm,
    [property: System.Text.Json.Serialization.JsonPropertyName("focal_length_35mm")] int? FocalLength35Mm,
    double? Latitude,
    double? Longitude,
    double? AltitudeM
)
{
    /// <summary>Null when nothing of it is known, or to be seen.</summary>
    internal static CameraResponse? From(CameraData camera) =>
        camera.IsEmpty
            ? null
            : new(
                camera.TakenAt,
                camera.Details.OffsetMinutes,
                camera.Make,
                camera.Model,
                camera.Lens,
                camera.Details.ExposureSeconds,
                camera.Details.FNumber,
                camera.Details.Iso,
                camera.Details.FocalLengthMm,
                camera.Details.FocalLength35Mm,
                camera.Details.Place?.Latitude,
                camera.Details.Place?.Longitude,
                camera.Details.Place?.AltitudeM
            );
}

/// <summary>What others see of an image's camera data.</summary>
public sealed record CameraShown(bool Camera, bool Exposure, bool TakenAt, bool Place)
{
    internal static CameraShown From(CameraParts parts) =>
        new(
            parts.HasFlag(CameraParts.Camera),
            parts.HasFlag(CameraParts.Exposure),
            parts.HasFlag(CameraParts.TakenAt),
            parts.HasFlag(CameraParts.Place)
        );

    internal CameraParts Parts =>
        (Camera ? CameraParts.Camera : CameraParts.None)
        | (Exposure ? CameraParts.Exposure : CameraParts.None)
        | (TakenAt ? CameraParts.TakenAt : CameraParts.None)
        | (Place ? CameraParts.Place : CameraParts.None);
}
