using System.Globalization;
using System.Text;

namespace GoImg.Bench.Results;

/// <summary>Paragraphs and tables, for the terminal and for docs/BENCHMARKS.md alike.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public void Paragraph(string text) => _text.Append(text).Append("\n\n");

    public void Heading(string text) => _text.Append("## ").Append(text).Append("\n\n");

    public void List(IEnumerable<string> lines) => _text.AppendJoin('\n', lines.Select(line => "- " + line)).Append("\n\n");

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (var row in rows)
            Row(row);
        _text.Append('\n');

        void Row(IReadOnlyList<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    public void Aims(IReadOnlyList<Aim> aims) =>
        Table(
            ["aim", "what", "promised", "measured: median (least–most)", "verdict"],
            aims.Select(aim => (IReadOnlyList<string>)[aim.Name, aim.What, aim.Promise, aim.Measured + aim.Unit, aim.Verdict])
        );

    /// <summary>Puts this between the marks of its section; what other benchmarks wrote stays.</summary>
    public void WriteInto(string path, string section)
    {
        var (open, close) = ($"<!-- {section} -->", $"<!-- end of {section} -->");
        var mine = $"{open}\n{ToString()}\n{close}\n";
        var page = File.Exists(path)
            ? File.ReadAllText(path)
            : "# Benchmarks\n\nWritten by `./bench`; run it on your machine and compare ratios, not absolute figures.\n\n";
        var (from, to) = (page.IndexOf(open, StringComparison.Ordinal), page.IndexOf(close, StringComparison.Ordinal));
        page = from >= 0 && to > from ? page[..from] + mine + page[(to + close.Length)..].TrimStart('\n') : page.TrimEnd('\n') + "\n\n" + mine;
        File.WriteAllText(path, page);
    }

    public override string ToString() => _text.ToString().TrimEnd('\n');

    public static string Date => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
