using GoImg.Core.Storage;

namespace GoImg.Core.Uploads;

/// <summary>The names of the objects that uploads under way are made of.</summary>
public static class UploadObjectKeys
{
    /// <summary>What all of them start with.</summary>
    public static string Prefix => "uploads/";

    public static ObjectKey Part(UploadId upload, Guid part) => ObjectKey.Parse($"{Prefix}{ObjectKey.Shard(upload.Value)}/{upload.Value:n}/{part:n}");

    /// <summary>The part an object is; null when it is something else.</summary>
    public static Guid? PartOf(ObjectKey key) =>
        key.Value.Split('/') is ["uploads", _, _, var id] && Guid.TryParseExact(id, "N", out var part) ? part : null;
}
