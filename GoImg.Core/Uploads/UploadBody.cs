using System.Security.Cryptography;

namespace GoImg.Core.Uploads;

/// <summary>What one request brings of a file.</summary>
/// <param name="Content">Read once; stays open.</param>
/// <param name="OffsetBytes">Where in the file the client says it begins.</param>
/// <param name="LengthBytes">How much the client says it is; null when it does not say.</param>
/// <param name="Checksum">Of all of it; without a match none of it is kept. Null when the client sent none.</param>
public sealed record UploadBody(Stream Content, long OffsetBytes, long? LengthBytes, BodyChecksum? Checksum);

public sealed record BodyChecksum(HashAlgorithmName Algorithm, byte[] Expected);
