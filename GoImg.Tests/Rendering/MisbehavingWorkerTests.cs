using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>Whatever a render process does costs the image it was given, and nothing else.</summary>
[Trait("Duration", "long")]
public sealed class MisbehavingWorkerTests
{
    // reads some of the request, so that it is in the middle of an image
    private const string Begin = "head -c 40 >/dev/null; ";
    private static readonly byte[] Tiny = Samples.WebP(16, 12);
    private static readonly byte[] Fit = Samples.WebP(64, 48);

    public static TheoryData<string, string, string> Deaths =>
        new()
        {
            { "segmentation fault", Begin + "kill -SEGV $$", "image.renderer_crashed" },
            { "abort", Begin + "kill -ABRT $$", "image.renderer_crashed" },
            { "trap", Begin + "kill -TRAP $$", "image.renderer_crashed" },
            { "killed for memory", Begin + "kill -KILL $$", "image.renderer_crashed" },
            { "too much processor time", Begin + "kill -XCPU $$", "image.took_too_much" },
            { "ends without an answer", Begin + "exit 0", "image.renderer_crashed" },
            { "closes its output and stays", Begin + "exec >&-; exec sleep 60", "image.renderer_crashed" },
            { "hangs", Begin + "exec sleep 60", "image.took_too_much" },
            { "never reads", "exec sleep 60", "image.took_too_much" },
            { "ignores a polite end", Begin + "trap '' TERM INT HUP; while :; do :; done", "image.took_too_much" },
            { "garbage", Begin + "head -c 100000 /dev/zero | tr '\\0' '\\377'; cat >/dev/null", "image.not_decodable" },
            { "zeros without end", Begin + "cat /dev/zero", "image.not_decodable" },
            { "half an answer", Begin + "head -c 9 $dir/answer", "image.renderer_crashed" },
            { "half an answer and silence", Begin + "head -c 9 $dir/answer; exec sleep 60", "image.took_too_much" },
            { "megabytes of complaints", Begin + "head -c 20000000 /dev/zero >&2; exit 1", "image.renderer_crashed" },
        };

    public static TheoryData<string, byte[]> Lies =>
        new()
        {
            { "no parts", FakeWorker.Answer() },
            { "too few parts", FakeWorker.Answer(Tiny) },
            { "a placeholder too large", FakeWorker.Answer(new byte[401], Fit) },
            { "a placeholder that is no picture", FakeWorker.Answer([.. "data:text/html"u8], Fit) },
            { "a placeholder of many pixels", FakeWorker.Answer(Fit, Fit) },
            { "another size", FakeWorker.Answer(Tiny, Samples.WebP(63, 48)) },
            { "another format", FakeWorker.Answer(Tiny, Samples.Png(64, 48)) },
            { "metadata", FakeWorker.Answer(Tiny, Samples.WebP(64, 48, withMetadata: true)) },
            { "an animation of a still", FakeWorker.Answer(Tiny, Samples.WebP(64, 48, frames: 2)) },
            { "bytes behind the picture", FakeWorker.Answer(Tiny, [.. Fit, 1, 2, 3, 4]) },
            { "a rendition of nothing", FakeWorker.Answer(Tiny, []) },
            { "nothing but nothing", FakeWorker.Answer([], []) },
            { "one part more", FakeWorker.Answer(Tiny, Fit, Fit) },
            { "255 parts", FakeWorker.Answer([.. Enumerable.Repeat(Tiny, 255)]) },
            { "an impossible length", Huge(-1) },
            { "5 GB", Huge(5L << 30) },
            { "65 MB in all", Huge(65L << 20) },
            { "a frame of 17 KB", [.. BitConverter.GetBytes(17 * 1024), .. new byte[17 * 1024]] },
            { "a frame of nothing", new byte[64] },
            { "a frame of a negative length", [.. BitConverter.GetBytes(-5), .. new byte[64]] },
            { "a frame that ends within its own fields", [.. BitConverter.GetBytes(20), .. new byte[20]] },
            { "a status that is none", [.. BitConverter.GetBytes(40), .. new byte[8], 77, .. new byte[40]] },
        };

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_or_hangs_fails_its_image_alone(string name, string script, string code)
    {
        using var worker = new FakeWorker(script, FakeWorker.Answer(Tiny, Fit));
        await using var renderer = new Renderer(worker.Options);

        var failed = await renderer.RenderAsync(Samples.Jpeg(300, 200));
        worker.Cure();
        var next = await renderer.RenderAsync(Samples.Jpeg(300, 200));

        Assert.Equal((name, code), (name, failed.Error?.Code));
        await using var image = next.Value();
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_process_that_delivers_something_else_is_not_believed(string name, byte[] answer)
    {
        using var worker = new FakeWorker("take; answer; cat >/dev/null", answer);
        await using var renderer = new Renderer(worker.Options);

        var failed = await renderer.RenderAsync(Samples.Jpeg());
        worker.Cure();
        var next = await renderer.RenderAsync(Samples.Jpeg());

        Assert.Equal((name, "image.not_decodable"), (name, failed.Error?.Code));
        await using var image = next.Value();
    }

    [Fact]
    public async Task A_process_that_delivers_what_was_asked_for_is_believed()
    {
        using var worker = new FakeWorker("take; answer; cat >/dev/null", FakeWorker.Answer(Tiny, Fit));
        await using var renderer = new Renderer(worker.Options);

        await using var image = (await renderer.RenderAsync(Samples.Jpeg())).Value();

        Assert.Equal(Tiny, image.Placeholder);
    }

    [Fact]
    public async Task Renditions_in_another_order_or_cut_elsewhere_are_not_believed()
    {
        var (large, thumbnail) = (Samples.WebP(300, 200), Samples.WebP(160, 107));
        using var right = new FakeWorker("take; answer; cat >/dev/null", FakeWorker.Answer(Tiny, large, thumbnail));
        using var wrong = new FakeWorker("take; answer; cat >/dev/null", FakeWorker.Answer(Tiny, thumbnail, large));
        using var shifted = new FakeWorker("take; answer; cat >/dev/null", FakeWorker.Answer(Tiny, large[..^8], [.. large[^8..], .. thumbnail]));
        await using var honest = new Renderer(right.Options);
        await using var liar = new Renderer(wrong.Options);
        await using var careless = new Renderer(shifted.Options);

        await using var image = (await honest.RenderAsync(Samples.Jpeg(300, 200))).Value();
        var failed = await liar.RenderAsync(Samples.Jpeg(300, 200));
        var alsoFailed = await careless.RenderAsync(Samples.Jpeg(300, 200));

        Assert.IsType<ImageFileErrors.NotDecodable>(failed.Error);
        Assert.IsType<ImageFileErrors.NotDecodable>(alsoFailed.Error);
    }

    [Fact]
    public async Task An_answer_that_waits_from_the_image_before_is_not_taken_for_the_next()
    {
        using var worker = new FakeWorker("take; answer; answer; cat >/dev/null", FakeWorker.Answer(Tiny, Fit));
        await using var renderer = new Renderer(worker.Options with { MaxWorkers = 1 });

        await using var first = (await renderer.RenderAsync(Samples.Jpeg())).Value();
        var second = await renderer.RenderAsync(Samples.Jpeg(seed: 0x123456));
        worker.Cure();
        await using var third = (await renderer.RenderAsync(Samples.Jpeg(seed: 0x123456))).Value();

        Assert.IsType<ImageFileErrors.NotDecodable>(second.Error);
    }

    [Fact]
    public async Task An_answer_that_does_not_know_the_question_is_not_believed()
    {
        using var worker = new FakeWorker("cat $dir/answer; cat >/dev/null", FakeWorker.Answer(Tiny, Fit));
        await using var renderer = new Renderer(worker.Options);

        Assert.IsType<ImageFileErrors.NotDecodable>((await renderer.RenderAsync(Samples.Jpeg())).Error);
    }

    [Fact]
    public async Task What_a_process_says_can_not_forge_a_line_of_the_log()
    {
        using var said = new MemoryStream();
        RenderResponse.Failed(RenderStatus.NotDecodable, "broken\r\nfail: everything\u001b[2J\u0085").Write(said);
        said.Position = 0;

        var heard = await RenderResponse.ReadAsync(said, TestContext.Current.CancellationToken);

        Assert.Equal("broken  fail: everything [2J ", heard.Message);
    }

    [Fact]
    public async Task One_crash_is_forgiven()
    {
        using var worker = new FakeWorker("touch $dir/cured; " + Begin + "kill -SEGV $$");
        await using var renderer = new Renderer(worker.Options);

        await using var image = (await renderer.RenderAsync(Samples.Jpeg())).Value();
    }

    [Fact]
    public async Task What_a_process_has_started_dies_with_it()
    {
        using var worker = new FakeWorker("sleep 600 & echo $! > $dir/child; " + Begin + "kill -SEGV $$");
        await using var renderer = new Renderer(worker.Options);

        var failed = await renderer.RenderAsync(Samples.Jpeg());

        Assert.NotNull(failed.Error);
        await Eventually.TrueAsync(() => Task.FromResult(HasEnded(worker.Read("child"))), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_program_that_does_not_greet_makes_the_renderer_unavailable_not_the_image_bad()
    {
        foreach (string[] command in new string[][] { ["/bin/false"], ["/bin/echo", "hello"], ["/nowhere/at-all"] })
        {
            await using var renderer = new Renderer(new() { WorkerCommand = command });

            await Assert.ThrowsAsync<RendererUnavailableException>(() => renderer.RenderAsync(Samples.Jpeg()));
        }
    }

    [Fact]
    public async Task A_fault_of_the_stream_is_not_blamed_on_the_image()
    {
        await using var renderer = new Renderer();
        var header = Inspection.Of(Samples.Jpeg()).Value();

        await Assert.ThrowsAsync<IOException>(() => renderer.Pool.RenderAsync(new BrokenStream(), header, TestContext.Current.CancellationToken));
        await using var image = (await renderer.RenderAsync(Samples.Jpeg())).Value();
    }

    [Fact]
    public async Task Cancelling_ends_the_render_at_once()
    {
        using var worker = new FakeWorker(Begin + "echo $$ > $dir/child; exec sleep 60");
        await using var renderer = new Renderer(worker.Options with { TimeLimitSeconds = 60 });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var render = renderer.RenderAsync(new MemoryStream(Samples.Jpeg()), cancel.Token);
        await Eventually.TrueAsync(() => Task.FromResult(int.TryParse(TryRead(worker), out _)));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render);
        Assert.True(HasEnded(worker.Read("child")));
    }

    [Fact]
    public async Task What_is_being_rendered_and_how_much_memory_that_may_take_is_told_while_it_lasts()
    {
        using var worker = new FakeWorker(Begin + "exec sleep 60");
        await using var renderer = new Renderer(worker.Options with { TimeLimitSeconds = 60, MaxWorkers = 3, MemoryMiB = 700 });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var before = await renderer.Pool.DescribeAsync(TestContext.Current.CancellationToken);
        var render = renderer.RenderAsync(new MemoryStream(Samples.Jpeg()), cancel.Token);
        var during = await Eventually.GetAsync(
            () => renderer.Pool.DescribeAsync(TestContext.Current.CancellationToken),
            status => status.Running > 0
        );
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render);
        worker.Cure();
        var after = await renderer.Pool.DescribeAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 3, 0L, 700L << 20), (before.Running, before.MaxWorkers, before.MemoryInUseBytes, before.MemoryBytes));
        Assert.Equal((1, 0), (during.Running, after.Running));
        Assert.InRange(during.MemoryInUseBytes, 64L << 20, 700L << 20);
        Assert.Equal(0, after.MemoryInUseBytes);
    }

    private static string TryRead(FakeWorker worker)
    {
        try
        {
            return worker.Read("child");
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static bool HasEnded(string id) =>
        !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static byte[] Huge(long length)
    {
        var answer = FakeWorker.Answer(Tiny, Fit);
        BitConverter.GetBytes(length).CopyTo(answer, BitConverter.ToInt32(answer) + sizeof(int) - sizeof(long));
        return answer;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(Samples.Jpeg()) { }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the store went away");
    }
}
