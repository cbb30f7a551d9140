using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Storage;

/// <summary>An address of a store whose objects this application serves itself.</summary>
/// <param name="ExpiresAt">In seconds since 1970, UTC.</param>
/// <param name="Signature">In base64url.</param>
public sealed record SignedUrl(ObjectKey Key, long ExpiresAt, string Signature)
{
    /// <summary>What the path of such an address begins with.</summary>
    public const string Root = "/objects";

    public string ToPathAndQuery() => string.Create(CultureInfo.InvariantCulture, $"{Root}/{Key}?expires={ExpiresAt}&signature={Signature}");
}

/// <summary>Checks what <see cref="IObjectStore.GetSignedUrlAsync"/> gave out.</summary>
public interface ISignedUrls
{
    /// <summary>Fails with an error of <see cref="SignedUrlErrors"/>.</summary>
    Task<Result> CheckAsync(SignedUrl address, CancellationToken cancellationToken);
}

public static class SignedUrlErrors
{
    public sealed record Expired() : Error(ErrorKind.Forbidden, "address.expired", SignedUrlErrorTexts.Expired);

    public sealed record WrongSignature() : Error(ErrorKind.Forbidden, "address.signature", SignedUrlErrorTexts.WrongSignature);
}
