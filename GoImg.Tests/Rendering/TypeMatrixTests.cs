using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Thirteen contents under twelve names and twelve declared types. The names and types lie; the content decides.</summary>
public sealed class TypeMatrixTests
{
    private static readonly string[] Extensions = ["jpg", "png", "gif", "webp", "avif", "tiff", "svg", "bmp", "pdf", "html", "php", "exe"];

    private static readonly string[] Types =
    [
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/tiff",
        "image/svg+xml",
        "image/bmp",
        "application/pdf",
        "text/html",
        "application/octet-stream",
        "nonsense/of-its-own",
    ];

    /// <summary>What is expected is a format or the reason's code.</summary>
    private static readonly (string Name, byte[] Content, string Expected)[] Contents =
    [
        ("JPEG", Samples.Jpeg(8, 8), "jpeg"),
        ("PNG", Samples.Png(8, 8), "png"),
        ("GIF", Samples.Gif(8, 8), "gif"),
        ("WebP", Samples.WebP(8, 8), "webp"),
        ("AVIF", Samples.HeifShell(8, 8, "av01"), "avif"),
        ("TIFF", Samples.Tiff(8, 8), "tiff"),
        ("SVG", [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], "image.unsupported"),
        ("BMP", [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, .. new byte[56]], "image.unsupported"),
        ("PDF", [.. "%PDF-1.7\n%"u8], "image.unsupported"),
        ("Photoshop", [.. "8BPS\0\u0001"u8, .. new byte[20]], "image.unsupported"),
        ("HTML", [.. "<!doctype html><script>alert(1)</script>"u8], "image.format"),
        ("gzip", [0x1F, 0x8B, 8, 0, .. new byte[200]], "image.format"),
        ("nothing", [], "image.empty"),
    ];

    [Fact]
    public async Task What_a_file_is_is_decided_by_its_content_alone()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var (trials, wrong) = (Trials(), new ConcurrentBag<string>());

        await Parallel.ForAsync(
            0,
            trials.Count,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) =>
            {
                var (content, extension, type) = trials[i];
                // the same bytes again would be the same image, and not be decided again; all formats take bytes behind their end
                byte[] file = Contents[content].Content is { Length: > 0 } bytes ? [.. bytes, .. BitConverter.GetBytes(i)] : [];
                var (status, told) = await UploadAsync(ana, file, $"picture.{Extensions[extension]}", Types[type]);
                if ((int)status >= 500 || told != Contents[content].Expected)
                    wrong.Add($"{Contents[content].Name} as .{Extensions[extension]} and {Types[type]}: {(int)status} {told}");
            }
        );

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>Each content with every name and every type twice; with GOIMG_TEST_FUZZ every one of the 1,872 combinations.</summary>
    private static List<(int Content, int Extension, int Type)> Trials()
    {
        int[] shifts = Fuzz.IsLong ? [.. Enumerable.Range(0, Types.Length)] : [0, 5];
        return
        [
            .. from content in Enumerable.Range(0, Contents.Length)
            from extension in Enumerable.Range(0, Extensions.Length)
            from shift in shifts
            select (content, extension, (extension + content + shift) % Types.Length),
        ];
    }

    private static async Task<(HttpStatusCode Status, string? Told)> UploadAsync(MemberClient member, byte[] file, string name, string type)
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { part, "file", name } };
        using var answer = await member.PostImageAsync(form);
        var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return (answer.StatusCode, said.GetProperty(answer.IsSuccessStatusCode ? "format" : "code").GetString());
    }
}
