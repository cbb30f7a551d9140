using GoImg.Core.Accounts;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>Fetches a file from an address and takes it in as any other: admitted before, measured and hashed while it comes, inspected and counted after.</summary>
public sealed class UploadFromAddress(AdmitUpload admission, UploadImage upload, IRemoteFiles remote, ImageLimits limits, TimeProvider time)
{
    public const int MaxAddress = 2000;

    /// <summary>Whether this site fetches at all.</summary>
    public bool IsOn => remote.IsOn;

    /// <summary>Fails as <see cref="AdmitUpload"/> and <see cref="UploadImage"/> do, with <see cref="ImageErrors.AddressesAreOff"/>,
    /// <see cref="ImageErrors.AddressNotFetched"/>, or a <see cref="ValidationFailed"/> for <c>source_url</c>.</summary>
    public async Task<Result<UploadOutcome>> RunAsync(
        Actor actor,
        string? address,
        ImageDetails details,
        Guid? album,
        CancellationToken cancellationToken
    )
    {
        if (!remote.IsOn)
            return new ImageErrors.AddressesAreOff();
        if (Parse(address) is not { } source)
            return new ValidationFailed("source_url", ImageErrorTexts.AddressUnfit.With(MaxAddress));
        var admitted = await admission.CheckBeforeBodyAsync(actor, declaredBytes: null, album, cancellationToken);
        if (admitted.Error is { } refused)
            return refused;

        var fetched = await StageAsync(source, cancellationToken);
        if (fetched.Error is { } unfetched)
            return unfetched;
        await using var staged = fetched.Value.Object;
        var image = new NewImage(details, fetched.Value.Name, UploadSource.Address) { Album = album, Admission = admitted.Value };
        return await upload.AcceptAsync(actor, staged, image, cancellationToken);
    }

    private async Task<Result<(StagedObject Object, string Name)>> StageAsync(Uri source, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(remote.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var file = await remote.OpenAsync(source, either.Token);
            if (file is null)
                return NotFetched();
            if (file.DeclaredBytes > limits.MaxFileBytes)
                return new ImageFileErrors.TooManyBytes(limits.MaxFileBytes);
            var staged = await upload.StageAsync(file.Content, either.Token);
            return staged.Error is { } unstored ? unstored : (staged.Value, file.Name);
        }
        catch (RemoteFileException)
        {
            return NotFetched();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return NotFetched();
        }
    }

    private ImageErrors.AddressNotFetched NotFetched() => new((int)remote.TimeLimit.TotalSeconds);

    // What a browser's bar takes without its scheme is no address here: guessing would fetch what was not meant.
    private static Uri? Parse(string? address) =>
        address?.Trim() is { Length: > 0 and <= MaxAddress } text
        && Uri.TryCreate(text, UriKind.Absolute, out var source)
        && (source.Scheme == Uri.UriSchemeHttp || source.Scheme == Uri.UriSchemeHttps)
        && source.UserInfo.Length == 0
        && source.Host.Length > 0
            ? source
            : null;
}
