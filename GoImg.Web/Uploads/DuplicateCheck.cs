using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Web.Api;
using GoImg.Web.Shell;

namespace GoImg.Web.Uploads;

/// <summary>Spares people the sending of what they have: of the hashes the tray made, those of one's own images. Says nothing of anyone else's.</summary>
internal static class DuplicateCheck
{
    private const int MaxHashes = 100;

    public static async Task<IResult> FindAsync(DuplicateCheckRequest request, HttpContext http, IImageProgress images)
    {
        if (request.Sha256 is not { Count: > 0 and <= MaxHashes } || !request.Sha256.All(h => h.Length == 64 && h.All(char.IsAsciiHexDigit)))
            return new ValidationFailed("sha256", UploadTexts.HashesExpected.With(MaxHashes)).ToProblem(http);

        var known = await images.KnownAsync(http.GetActor(), [.. request.Sha256.Select(Convert.FromHexString)], http.RequestAborted);
        return TypedResults.Ok(known.Select(k => new DuplicateCheckResponse(Convert.ToHexStringLower(k.Sha256), k.Id.Value, k.State)));
    }
}

internal sealed record DuplicateCheckRequest(IReadOnlyList<string>? Sha256);

internal sealed record DuplicateCheckResponse(string Sha256, Guid Id, ImageState State);
