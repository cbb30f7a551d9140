using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Images;

public sealed class UploadImageTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task An_upload_becomes_a_visible_image_with_all_its_renditions()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        var uploaded = (await ana.UploadAsync(Pictures.Png(widthPx: 2000, heightPx: 1500), Visibility.Public)).Value();
        var image = await ana.WaitUntilReadyAsync(uploaded.ImageId);

        Assert.Equal(ImageState.Active, image.State);
        Assert.Equal((2000, 1500), (image.WidthPx, image.HeightPx));
        Assert.Matches("^#[0-9a-f]{6}$", image.DominantColor);
        Assert.InRange(image.Placeholder.Length, 1, 400);
        Assert.Equal(
            RenditionSet
                .Default.All.Select(r => ImageObjectKeys.Rendition(image.Id, image.RenditionSet, r.File).Value)
                .Append(ImageObjectKeys.Original(image.Id).Value)
                .Order(StringComparer.Ordinal),
            await app.ObjectsAsync()
        );
        Assert.Equal(Pictures.Png(widthPx: 2000, heightPx: 1500), await app.ReadAsync(ImageObjectKeys.Original(image.Id)));
    }

    [Fact]
    public async Task A_visitor_can_not_upload()
    {
        await using var app = await GoImgApp.StartAsync();

        var refused = await app.UploadAsync(Actor.Visitor(null), Pictures.Png());

        Assert.IsType<SignInRequired>(refused.Error);
        Assert.Empty(await app.ObjectsAsync());
    }

    [Fact]
    public async Task What_is_refused_says_why_and_leaves_nothing_behind()
    {
        await using var app = await GoImgApp.StartAsync("Limits:MaxFileBytes=4000000", "Limits:MaxMegapixels=1", "Limits:MaxSidePx=5000");
        var ana = await app.SignUpAsync("ana");

        Assert.IsType<ImageFileErrors.Empty>((await ana.UploadAsync([])).Error);
        Assert.IsType<ImageFileErrors.TooManyBytes>((await ana.UploadAsync(new byte[4_000_001])).Error);
        Assert.IsType<ImageFileErrors.Foreign>((await ana.UploadAsync("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray())).Error);
        Assert.IsType<ImageFileErrors.UnknownFormat>((await ana.UploadAsync("just words"u8.ToArray())).Error);
        Assert.IsType<ImageFileErrors.TooManyPixels>((await ana.UploadAsync(Pictures.Png(1, 1200, 1000))).Error);
        Assert.IsType<ImageFileErrors.SideTooLong>((await ana.UploadAsync(Pictures.Png(1, 6000, 10))).Error);

        Assert.Empty(await app.ObjectsAsync());
        Assert.Empty(app.StagedFiles());
        Assert.Equal(0, await app.InScopeAsync<IImages, long>(images => images.UsedBytesAsync(ana.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task The_same_file_again_answers_with_the_image_that_exists_and_stores_nothing_twice()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var first = (await ana.UploadAsync(Pictures.Png())).Value();

        var again = (await ana.UploadAsync(Pictures.Png())).Value();

        Assert.True(again.IsDuplicate);
        Assert.Equal((first.ImageId, first.Slug), (again.ImageId, again.Slug));
        Assert.Single(await app.ObjectsAsync("originals/"));
    }

    [Fact]
    public async Task The_same_file_again_comes_back_from_the_trash()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var first = (await ana.UploadAsync(Pictures.Png())).Value();
        await app.InScopeAsync<Trash, Result>(trash => trash.MoveAsync(ana.Actor, first.ImageId, CancellationToken.None));

        var again = (await ana.UploadAsync(Pictures.Png())).Value();

        Assert.Equal((first.ImageId, false), (again.ImageId, again.IsDuplicate));
        Assert.NotEqual(ImageState.Deleted, again.State);
        Assert.Equal(ImageState.Active, (await app.WaitForImageAsync(first.ImageId)).State);
    }

    [Fact]
    public async Task What_a_moderator_removed_does_not_come_back_by_sending_it_again()
    {
        var app = shared.App;
        var ana = await shared.SignUpAsync("ana");
        var first = (await ana.UploadAsync(Pictures.Png())).Value();
        await app.WaitForImageAsync(first.ImageId);
        await app.ExecuteSqlAsync(
            $"UPDATE images SET state = 'Deleted', state_before_deletion = 'Active', deleted_at = now(), moderation_reason = 'No.' WHERE id = '{first.ImageId}'"
        );

        var again = (await ana.UploadAsync(Pictures.Png())).Value();

        Assert.Equal((first.ImageId, true, ImageState.Deleted), (again.ImageId, again.IsDuplicate, again.State));
    }

    [Fact]
    public async Task Another_members_same_file_is_an_image_of_its_own()
    {
        var ana = await shared.SignUpAsync("ana");
        var ben = await shared.SignUpAsync("ben");
        var hers = (await ana.UploadAsync(Pictures.Png())).Value();

        var his = (await ben.UploadAsync(Pictures.Png())).Value();

        Assert.False(his.IsDuplicate);
        Assert.NotEqual(hers.ImageId, his.ImageId);
    }

    [Fact]
    public async Task Twenty_uploads_of_one_file_at_once_make_one_image()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ana.UploadAsync(Pictures.Png())));

        Assert.Single(outcomes, o => !o.Value().IsDuplicate);
        Assert.Single(outcomes.Select(o => o.Value().ImageId).Distinct());
        Assert.Single(await app.ObjectsAsync("originals/"));
        Assert.Equal(Pictures.Png().Length, await app.InScopeAsync<IImages, long>(images => images.UsedBytesAsync(ana.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task Of_a_hundred_uploads_at_once_exactly_as_many_are_taken_as_there_is_room_for()
    {
        var files = Enumerable.Range(1, 100).Select(seed => Pictures.Png(seed)).ToArray();
        var largest = files.Max(f => f.Length);
        await using var app = await GoImgApp.StartAsync($"Limits:MaxMemberBytes={(3 * largest) + (largest / 2)}");
        var ana = await app.SignUpAsync("ana");

        var outcomes = await Task.WhenAll(files.Select(f => ana.UploadAsync(f)));

        Assert.Equal(3, outcomes.Count(o => o.IsSuccess));
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => Assert.IsType<ImageErrors.QuotaExceeded>(o.Error));
        Assert.Equal(3, (await app.ObjectsAsync("originals/")).Count);
    }

    [Fact]
    public async Task Room_comes_back_when_an_image_is_deleted_permanently()
    {
        var (one, two) = (Pictures.Png(1), Pictures.Png(2));
        await using var app = await GoImgApp.StartAsync($"Limits:MaxMemberBytes={Math.Max(one.Length, two.Length)}");
        var ana = await app.SignUpAsync("ana");
        var first = (await ana.UploadAsync(one)).Value();
        Assert.IsType<ImageErrors.QuotaExceeded>((await ana.UploadAsync(two)).Error);

        await app.InScopeAsync<DeletePermanently, Result>(delete => delete.OneAsync(ana.Actor, first.ImageId, CancellationToken.None));

        Assert.True((await ana.UploadAsync(two)).IsSuccess);
    }

    [Fact]
    public async Task A_full_store_refuses_in_words_and_keeps_nothing()
    {
        await using var app = await GoImgApp.StartAsync($"Storage:ReserveBytes={long.MaxValue}");
        var ana = await app.SignUpAsync("ana");

        var refused = await ana.UploadAsync(Pictures.Png());

        Assert.IsType<ImageErrors.StorageIsFull>(refused.Error);
        Assert.Empty(app.StagedFiles());
    }

    [Theory]
    [InlineData("holiday.jpg", "holiday.jpg")]
    [InlineData("C:\\Users\\ana\\Pictures\\cat.png", "cat.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("evil\u202Egpj.exe", "evilgpj.exe")]
    [InlineData("a\0b\r\nc.jpg", "ab c.jpg")]
    [InlineData("e\u0301.jpg", "\u00E9.jpg")]
    [InlineData("..", "image")]
    [InlineData("", "image")]
    [InlineData(null, "image")]
    public void A_file_name_is_kept_for_display_only(string? sent, string kept) => Assert.Equal(kept, FileName.ForDisplay(sent));

    [Fact]
    public void A_long_file_name_is_cut() => Assert.Equal(FileName.MaxLength, FileName.ForDisplay(new string('x', 5000)).Length);
}
