using GoImg.Core.Accounts;
using GoImg.Core.Albums;
using GoImg.Core.Images;

namespace GoImg.Core.Uploads;

/// <summary>A file that arrives over as many requests, nodes and restarts as it takes. Until it is finished or expires, its whole length
/// is reserved of its owner's room.</summary>
public sealed class ResumableUpload
{
    /// <summary>Each part is an object and a row; a sender of tiny pieces is told to send larger ones.</summary>
    public const int MaxParts = 10_000;

    private ResumableUpload() { }

    public UploadId Id { get; private set; }

    public MemberId OwnerId { get; private set; }

    public string FileName { get; private set; } = "";

    public long LengthBytes { get; private set; }

    /// <summary>How much of it is stored durably.</summary>
    public long OffsetBytes { get; private set; }

    public int Parts { get; private set; }

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string AltText { get; private set; } = "";

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public Visibility Visibility { get; private set; }

    public ContentRating Rating { get; private set; }

    public AlbumId? AlbumId { get; private set; }

    /// <summary>What the client sent along, in its own words, to be given back when it asks.</summary>
    public string Metadata { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Moves on with every part.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>What it became; null until it is finished. Kept until it expires, for clients that lost the answer.</summary>
    public ImageId? ImageId { get; private set; }

    /// <summary>The member had these bytes already.</summary>
    public bool IsDuplicate { get; private set; }

    public int Version { get; private set; }

    public bool IsWhole => OffsetBytes == LengthBytes;

    public bool IsFinished => ImageId is not null;

    public ImageDetails Details => ImageDetails.Create(Title, Description, AltText, Tags, Visibility, Rating).Value;

    public static ResumableUpload Begin(MemberId owner, NewUpload file, DateTimeOffset now, TimeSpan keepFor) =>
        new()
        {
            Id = UploadId.New(),
            OwnerId = owner,
            FileName = Images.FileName.ForDisplay(file.FileName),
            LengthBytes = file.LengthBytes,
            Title = file.Details.Title,
            Description = file.Details.Description,
            AltText = file.Details.AltText,
            Tags = file.Details.Tags,
            Visibility = file.Details.Visibility,
            Rating = file.Details.Rating,
            AlbumId = file.Album,
            Metadata = file.Metadata,
            CreatedAt = now,
            ExpiresAt = now + keepFor,
        };

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>Moves the offset behind <paramref name="part"/>, which begins where the upload stands.</summary>
    public void Append(UploadPart part, DateTimeOffset expiresAt)
    {
        if (part.OffsetBytes != OffsetBytes || part.LengthBytes > LengthBytes - OffsetBytes)
            throw new ArgumentException("The part does not follow what is there.", nameof(part));

        OffsetBytes += part.LengthBytes;
        Parts++;
        ExpiresAt = expiresAt;
    }

    public void Finish(ImageId image, bool isDuplicate)
    {
        OffsetBytes = LengthBytes;
        ImageId = image;
        IsDuplicate = isDuplicate;
    }
}

/// <summary>A file that is to come.</summary>
/// <param name="FileName">As the client sent it.</param>
/// <param name="Metadata">The client's own record of all of it.</param>
public sealed record NewUpload(long LengthBytes, string? FileName, ImageDetails Details, AlbumId? Album, string Metadata);

/// <summary>How an upload stands. <paramref name="Outcome"/> is null until its image is there, and when that image is gone permanently.</summary>
public sealed record UploadStatus(ResumableUpload Upload, UploadOutcome? Outcome);
