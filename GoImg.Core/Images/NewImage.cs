namespace GoImg.Core.Images;

/// <summary>What is to be made of a file, beside its bytes.</summary>
/// <param name="FileName">As the client sent it.</param>
public sealed record NewImage(ImageDetails Details, string? FileName, UploadSource Source)
{
    /// <summary>The album it goes into as well, one of the owner's own; null for none.</summary>
    public Guid? Album { get; init; }

    /// <summary>When it was uploaded, for images that were elsewhere before; null for now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What <see cref="AdmitUpload"/> answered before the bytes came; null when it was not asked, and then the upload is counted when it is accepted.</summary>
    public UploadAdmission? Admission { get; init; }
}

/// <summary>The way a file came in.</summary>
public enum UploadSource
{
    /// <summary>The form that needs no script.</summary>
    Form,

    /// <summary>One request of the API.</summary>
    Api,

    /// <summary>A resumable upload.</summary>
    Resumable,

    /// <summary>From an address on the internet.</summary>
    Address,

    /// <summary>The server itself, on a member's behalf.</summary>
    Server,
}

/// <summary>A file may come: it is counted against the rate limit, and is not counted again when it is accepted.</summary>
public sealed record UploadAdmission
{
    /// <summary>Counted against no rate limit: what the server makes by itself.</summary>
    public static UploadAdmission OfServer { get; } = new();

    /// <summary>The album that was found to be the owner's; the image is accepted even if it is gone by then.</summary>
    public Guid? Album { get; init; }

    /// <summary>Room that is reserved for the file and becomes the image's; null when none is.</summary>
    public Guid? ReservationId { get; init; }

    /// <summary>Runs in the unit of work that saves a new image; not for a duplicate.</summary>
    public Action<ImageId>? OnAccepted { get; init; }
}
