using GoImg.Tests.Harness;

namespace GoImg.Tests.Corpus;

/// <summary>What becomes of each file of the corpus and why: <c>verdicts.tsv</c> has a line for each, path, tab, verdict. <c>active</c> is shown;
/// anything else is the code of the error its owner reads, whether the upload or the preparation found it.</summary>
internal static class CorpusVerdicts
{
    /// <summary>Where what really happened is written when <c>GOIMG_WRITE_VERDICTS</c> is set, to be read before it is taken over.</summary>
    public static string Path { get; } = System.IO.Path.Combine(RepositoryPaths.Root, "GoImg.Tests", "Corpus", "verdicts.tsv");

    public static bool IsWriting => Environment.GetEnvironmentVariable("GOIMG_WRITE_VERDICTS") is { Length: > 0 };

    public static IReadOnlyDictionary<string, string> Read() => File.ReadLines(Path)
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);

    public static void Write(IEnumerable<KeyValuePair<string, string>> verdicts) => File.WriteAllLines(
        Path, ["# What becomes of each file of the corpus when it is uploaded, and why. Made by the test, read by people.", .. verdicts.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}\t{v.Value}")]);
}
