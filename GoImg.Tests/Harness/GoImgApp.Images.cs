using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Harness;

public sealed partial class GoImgApp
{
    public async Task<Result<UploadOutcome>> UploadAsync(
        Actor actor,
        byte[] file,
        Visibility visibility = Visibility.Private,
        string name = "test.png"
    )
    {
        var details = ImageDetails.Create("A test", "", "", [], visibility, ContentRating.Safe).Value();
        return await InScopeAsync<UploadImage, Result<UploadOutcome>>(upload =>
            upload.UploadAsync(actor, file, new NewImage(details, name, UploadSource.Api))
        );
    }

    public Task<Image?> FindImageAsync(ImageId id) =>
        InScopeAsync<IImages, Image?>(images => images.FindAsync(id, TestContext.Current.CancellationToken));

    /// <summary>Waits until the image is in one of these states (by default: no longer being prepared).</summary>
    public async Task<Image> WaitForImageAsync(ImageId id, params ImageState[] states) =>
        (
            await Eventually.GetAsync(
                () => FindImageAsync(id),
                image => image is not null && (states.Length > 0 ? states.Contains(image.State) : !image.IsBeingPrepared)
            )
        )!;

    /// <summary>Rows like the image's own, each with an id, address and hash of its own, and without any bytes.</summary>
    /// <param name="changes">Columns and values that differ from the image's, as JSON.</param>
    public Task CopyRowAsync(ImageId id, int times, string changes) =>
        // whatever columns there are, but those that the database computes
        ExecuteSqlAsync(
            $$"""
            DO $do$
            DECLARE columns text := (SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
                                     WHERE table_schema = current_schema() AND table_name = 'images' AND is_generated = 'NEVER');
            BEGIN
                EXECUTE format('INSERT INTO images (%1$s) SELECT %1$s FROM (
                    SELECT row.* FROM images, generate_series(1, {{times}}) n,
                        jsonb_populate_record(images, jsonb_build_object(''id'', gen_random_uuid(), ''slug'', lpad(n::text, 16, ''x''), ''sha256'', sha256(n::text::bytea)) || %2$L) row
                    WHERE images.id = ''{{id}}'') rows', columns, '{{changes}}'::jsonb);
            END $do$
            """
        );

    /// <summary>Keys in the store, sorted.</summary>
    public async Task<IReadOnlyList<string>> ObjectsAsync(string prefix = "")
    {
        var keys = new List<string>();
        await foreach (var found in Services.GetRequiredService<IObjectStore>().ListAsync(prefix, TestContext.Current.CancellationToken))
            keys.Add(found.Key.Value);
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>An object's bytes; fails when there is none.</summary>
    public async Task<byte[]> ReadAsync(ObjectKey key)
    {
        await using var opened = await Services.GetRequiredService<IObjectStore>().OpenAsync(key, TestContext.Current.CancellationToken);
        Assert.NotNull(opened);
        using var copy = new MemoryStream();
        await opened.Content.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }

    /// <summary>Files in the store that have no name yet.</summary>
    public IReadOnlyList<string> StagedFiles() =>
        [.. Directory.EnumerateFiles(DataPath, "*", SearchOption.AllDirectories).Where(f => f.Contains("/_staging/", StringComparison.Ordinal))];
}

public static class MemberImages
{
    public static Task<Result<UploadOutcome>> UploadAsync(this MemberClient member, byte[] file, Visibility visibility = Visibility.Private) =>
        member.App.UploadAsync(member.Actor, file, visibility);

    /// <summary>An image of the member that is ready.</summary>
    public static async Task<Image> HasImageAsync(
        this MemberClient member,
        Visibility visibility = Visibility.Public,
        int seed = 1,
        int widthPx = 64,
        int heightPx = 48
    )
    {
        var uploaded = (await member.UploadAsync(Pictures.Png(seed, widthPx, heightPx), visibility)).Value();
        return await member.App.WaitForImageAsync(uploaded.ImageId, ImageState.Active);
    }

    public static Task<Image> WaitUntilReadyAsync(this MemberClient member, ImageId id) => member.App.WaitForImageAsync(id);
}
