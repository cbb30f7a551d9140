using GoImg.Tests.Harness;

namespace GoImg.Tests.Uploads;

[Collection<Alone>]
public sealed class UploadMemoryTests
{
    [Fact]
    public async Task Large_files_pass_through_without_being_held_in_memory()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        (await ana.PostFileAsync(Pictures.Png())).Dispose();
        var file = new byte[40 << 20];
        using var form = UploadFormsTests.Form(file, [], true);
        var body = await form.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        for (var i = 0; i < 3; i++)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = form.Headers.ContentType;
            Assert.Equal("image.format", await UploadFormsTests.CodeOfAsync(await ana.PostImageAsync(content)));
        }

        // 120 MB went through this process, which is client and server at once. Holding each file only once would have taken as much.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 60 << 20);
    }
}
