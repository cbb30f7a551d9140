using System.Diagnostics;
using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.JpegData;
using GoImg.Tests.Corpus;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

public sealed class JpegDataTests
{
    // 63 values and no end of the block: it has none when it is full
    private static readonly string Full = "0" + string.Concat(Enumerable.Repeat("01", 63));

    // seven values, whose refinement has a bit for each
    private static readonly (byte, byte, byte, string)[] Seven =
    [
        (0, 0, 0x01, "0"),
        (1, 63, 0x01, string.Concat(Enumerable.Repeat("01", 7)) + "10"),
        (0, 0, 0x10, "1"),
    ];

    public static TheoryData<string, byte[]> Sound =>
        new()
        {
            { "as encoders write it", Samples.Jpeg(100, 70) },
            { "nothing but means", FlatJpeg.Sequential("0 10") },
            { "a full block", FlatJpeg.Sequential(Full) },
            { "restarts", FlatJpeg.Sequential([.. Enumerable.Repeat("0 01 01 10", 20)]) },
            { "a full block between restarts", FlatJpeg.Sequential("0 10", Full, "0 10") },
            { "progressive", FlatJpeg.Progressive((0, 0, 0, "0"), (1, 63, 0, "01 00 10")) },
            { "refined", FlatJpeg.Progressive([.. Seven, (1, 63, 0x10, "10 1010101")]) },
            { "refined by a new value", FlatJpeg.Progressive([.. Seven, (1, 63, 0x10, "0 1 1010101 10")]) },
            // judged by the decoder: it costs sharpness, and no part of the picture
            { "half a refinement", FlatJpeg.Progressive([.. Seven, (1, 63, 0x10, "10 101010")]) },
            { "bytes between data and marker", [.. FlatJpeg.Sequential("0 10")[..^2], 1, 2, 3, 0xFF, 0, 0xFF, 0xFF, 0xD9] },
        };

    public static TheoryData<string, byte[], string> Faulty =>
        new()
        {
            { "no code at once", FlatJpeg.Sequential("0 11"), "BadCode" },
            { "no code behind others", FlatJpeg.Sequential("0 01 00 11"), "BadCode" },
            { "no mean", FlatJpeg.Sequential("1"), "BadCode" },
            { "no code in the last interval", FlatJpeg.Sequential("0 10", "0 10", "0 01 11"), "BadCode" },
            { "no code in a later scan", FlatJpeg.Progressive((0, 0, 0, "0"), (1, 63, 0, "01 11")), "BadCode" },
            { "no code in a refinement", FlatJpeg.Progressive([.. Seven, (1, 63, 0x10, "11")]), "BadCode" },
            { "nothing", FlatJpeg.Sequential(""), "EndsEarly" },
            { "half a block", FlatJpeg.Sequential(Full[..64]), "EndsEarly" },
            { "half an interval", FlatJpeg.Sequential(Full[..64], "0 10"), "EndsEarly" },
            { "no means", FlatJpeg.Progressive((0, 0, 0, "")), "EndsEarly" },
            { "an interval left out", Without(FlatJpeg.Sequential("0 10", "0 10", "0 10"), 0xD0), "WrongRestart" },
            { "an interval missing", FlatJpeg.Sequential("0 10", "0 10", "0 10")[..^5] is var cut ? [.. cut, 0xFF, 0xD9] : [], "WrongRestart" },
        };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Data_that_are_codes_to_the_last_block_have_no_fault(string name, byte[] file) =>
        Assert.Equal((name, JpegFault.None), (name, JpegDataCheck.Find(file)));

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_in_the_data_is_found(string name, byte[] file, string fault) =>
        Assert.Equal((name, fault), (name, JpegDataCheck.Find(file).ToString()));

    [Fact]
    public async Task A_JPEG_with_a_code_that_is_none_is_not_published()
    {
        await using var renderer = new Renderer();

        await using var whole = (await renderer.RenderAsync(FlatJpeg.Sequential("0 01 00 10"))).Value();
        var guessed = await renderer.RenderAsync(FlatJpeg.Sequential("0 01 00 11"));

        Assert.IsType<ImageFileErrors.NotDecodable>(guessed.Error);
    }

    [Fact]
    public void No_good_JPEG_has_a_fault()
    {
        var policy = new CorpusPolicy();
        var corpus = RepositoryPaths
            .SharedFiles("corpus")
            .Where(path => policy.Objection(Path.GetRelativePath(Path.Combine(RepositoryPaths.Shared, "corpus"), path), "active") is null);

        var files = corpus.Concat(RepositoryPaths.SharedFiles("photos", "*.jpg")).Select(path => (Path: path, File: File.ReadAllBytes(path)));
        var jpegs = files.Where(f => Inspection.Of(f.File) is { Error: null, Value.Format: ImageFormat.Jpeg }).ToList();

        Assert.InRange(jpegs.Count, 100, 10_000);
        Assert.Empty(jpegs.Where(f => JpegDataCheck.Find(f.File) != JpegFault.None).Select(f => f.Path));
    }

    [Fact]
    public void Changed_bytes_give_an_answer_in_bounded_time()
    {
        byte[][] seeds = [Samples.Jpeg(40, 30), .. Sound.Select(s => s.Data.Item2)];
        var noise = new Noise(20_261_129);
        for (var i = 0; i < 20_000 * Fuzz.Times; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var changes = noise.Next(4); changes >= 0; changes--)
                file[noise.Next(file.Length)] = noise.Next(3) == 0 ? (byte)0xFF : (byte)noise.Next(256);
            var clock = Stopwatch.StartNew();

            JpegDataCheck.Find(file.AsSpan(0, noise.Next(8) == 0 ? noise.Next(file.Length) : file.Length));

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed} for {Convert.ToHexString(file)}");
        }
    }

    /// <summary>Without the interval behind this restart marker.</summary>
    private static byte[] Without(byte[] file, byte marker)
    {
        var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);
        return [.. file[..at], .. file[(at + 3)..]];
    }
}
