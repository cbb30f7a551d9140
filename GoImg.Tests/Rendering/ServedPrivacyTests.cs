using System.Collections.Concurrent;
using GoImg.Core.Images;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>As <see cref="PrivacyTests"/>, over HTTP: what a stranger really gets from the running server.</summary>
public sealed class ServedPrivacyTests
{
    [Fact]
    public async Task No_rendition_a_stranger_fetches_carries_anything_but_the_picture()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var found = new ConcurrentBag<string>();
        var files = PrivacyTests
            .Telling.Select(row => (Name: row.Data.Item1, File: row.Data.Item2))
            .Append(
                (
                    Name: "PNG with compressed texts",
                    File: Samples.Png(400, 300, extraChunks: [PngSample.Text("zTXt", Samples.Canary), PngSample.Text("iTXt", Samples.Canary)])
                )
            )
            .ToList();

        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (told, cancellationToken) =>
            {
                var uploaded = (await ana.UploadAsync(told.File, Visibility.Public)).Value();
                await app.WaitForImageAsync(uploaded.ImageId, ImageState.Active);
                foreach (var rendition in (string[])["xlarge", "large", "medium", "small", "thumb"])
                foreach (var mediaType in (string[])["image/webp", "image/jpeg"])
                foreach (var mark in await MarksAsync(app, $"/i/{uploaded.Slug}/{rendition}", mediaType))
                    found.Add($"{told.Name}, {rendition} as {mediaType}: {mark}");
            }
        );

        Assert.True(found.IsEmpty, string.Join('\n', found.Order(StringComparer.Ordinal)));
    }

    private static async Task<List<string>> MarksAsync(GoImgApp app, string path, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", mediaType);
        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        List<string> marks = [.. MetadataScan.Find(bytes)];
        if (bytes.AsSpan().IndexOf(MetadataSample.Degrees) >= 0)
            marks.Add("a place");
        return marks;
    }
}
