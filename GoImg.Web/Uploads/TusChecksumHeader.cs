using System.Security.Cryptography;
using GoImg.Core.Shared;
using GoImg.Core.Uploads;

namespace GoImg.Web.Uploads;

/// <summary>The header Upload-Checksum: an algorithm and the base64 of its digest.</summary>
internal static class TusChecksumHeader
{
    public const string Header = "Upload-Checksum";
    public const string Algorithms = "sha1,sha256,md5";

    public static Result<BodyChecksum?> Read(string header)
    {
        if (header.Length == 0)
            return new Result<BodyChecksum?>();

        var parts = header.Split(' ');
        (HashAlgorithmName Name, int Bytes) known = parts[0] switch
        {
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "md5" => (HashAlgorithmName.MD5, MD5.HashSizeInBytes),
            _ => default,
        };
        var digest = new byte[SHA256.HashSizeInBytes];
        return parts.Length == 2 && known.Bytes > 0 && Convert.TryFromBase64String(parts[1], digest, out var length) && length == known.Bytes
            ? new BodyChecksum(known.Name, digest[..length])
            : new TusErrors.BadHeader(UploadRequestTexts.TusChecksum.With(Header, Algorithms.Replace(",", ", ", StringComparison.Ordinal)));
    }
}
