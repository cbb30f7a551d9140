namespace GoImg.Core.Images;

/// <summary>What the file's own metadata say of the moment it was taken. Null is what they do not say.</summary>
public sealed record CameraData
{
    public const int MaxMake = 100;
    public const int MaxModel = 100;
    public const int MaxLens = 200;

    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    /// <summary>In UTC; where no zone is named, as if the camera's clock showed UTC.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public CameraDetails Details { get; init; } = new();

    public bool IsEmpty => this == new CameraData();

    /// <summary>"FUJIFILM X-T5": makers often say their name in both.</summary>
    public string? Name =>
        Make is null || Model?.StartsWith(Make.Split(' ')[0], StringComparison.OrdinalIgnoreCase) == true ? Model ?? Make
        : Model is null ? Make
        : $"{Make} {Model}";

    /// <summary>As the camera's clock showed it.</summary>
    public DateTimeOffset? TakenAtLocally => TakenAt?.ToOffset(TimeSpan.FromMinutes(Details.OffsetMinutes ?? 0));

    /// <summary>What the owner lets others see.</summary>
    public CameraData Only(CameraParts parts) =>
        new()
        {
            Make = parts.HasFlag(CameraParts.Camera) ? Make : null,
            Model = parts.HasFlag(CameraParts.Camera) ? Model : null,
            Lens = parts.HasFlag(CameraParts.Camera) ? Lens : null,
            TakenAt = parts.HasFlag(CameraParts.TakenAt) ? TakenAt : null,
            Details = new CameraDetails
            {
                OffsetMinutes = parts.HasFlag(CameraParts.TakenAt) ? Details.OffsetMinutes : null,
                ExposureSeconds = parts.HasFlag(CameraParts.Exposure) ? Details.ExposureSeconds : null,
                FNumber = parts.HasFlag(CameraParts.Exposure) ? Details.FNumber : null,
                Iso = parts.HasFlag(CameraParts.Exposure) ? Details.Iso : null,
                FocalLengthMm = parts.HasFlag(CameraParts.Exposure) ? Details.FocalLengthMm : null,
                FocalLength35Mm = parts.HasFlag(CameraParts.Exposure) ? Details.FocalLength35Mm : null,
                Place = parts.HasFlag(CameraParts.Place) ? Details.Place : null,
            },
        };
}

/// <summary>The part of it that nothing is sought or sorted by.</summary>
public sealed record CameraDetails
{
    /// <summary>Of the camera's clock from UTC; null where the file names no zone.</summary>
    public int? OffsetMinutes { get; init; }

    public double? ExposureSeconds { get; init; }

    public double? FNumber { get; init; }

    public int? Iso { get; init; }

    public double? FocalLengthMm { get; init; }

    /// <summary>What would show as much on 35 mm film.</summary>
    public int? FocalLength35Mm { get; init; }

    public CameraPlace? Place { get; init; }
}

/// <summary>In degrees, north and east, and metres above the sea (WGS 84).</summary>
public sealed record CameraPlace(double Latitude, double Longitude, double? AltitudeM);

/// <summary>What an owner may let others see of the camera data; nothing unless they say so. Serial numbers and makers' notes are never read.</summary>
[Flags]
public enum CameraParts
{
    None = 0,

    /// <summary>Camera and lens.</summary>
    Camera = 1,

    Exposure = 2,
    TakenAt = 4,
    Place = 8,
}
