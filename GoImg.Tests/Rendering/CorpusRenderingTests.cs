using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

public sealed class CorpusRenderingTests
{
    private static readonly string[] Good =
        ["AOMediaCodec+av1-avif", "image-rs+image", "imazen+codec-corpus", "lovell+sharp", "python-pillow+Pillow", "recurser+exif-orientation-examples", "dvyukov+go-fuzz-corpus"];

    [Fact]
    public async Task Every_third_file_of_the_corpus_and_all_photos_are_rendered_or_refused_with_a_reason()
    {
        var files = Good.SelectMany(folder => RepositoryPaths.SharedFiles("corpus/" + folder).Where((_, i) => i % 3 == 0))
            .Concat(RepositoryPaths.SharedFiles("photos", "*.jpg")).ToList();
        await using var renderer = new Renderer();
        var (ready, refused, crashed) = (0, 0, 0);
        var clock = Stopwatch.StartNew();

        await Parallel.ForEachAsync(files, TestContext.Current.CancellationToken, async (path, token) =>
        {
            await using var file = File.OpenRead(path);
            var result = await renderer.RenderAsync(file, token);
            if (result.IsSuccess)
            {
                Interlocked.Increment(ref ready);
                await result.Value.DisposeAsync();
                return;
            }

            Interlocked.Increment(ref refused);
            if (result.Error is ImageFileErrors.RendererCrashed)
                Interlocked.Increment(ref crashed);
            Assert.EndsWith(".", result.Error!.Message, StringComparison.Ordinal);
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files: {ready} ready, {refused} refused, {crashed} crashed the renderer, {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(ready > 200, $"only {ready} were rendered");
        Assert.Equal(0, crashed);
    }
}
