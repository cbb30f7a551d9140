using System.Globalization;

namespace GoImg.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        ./bench pipeline     everything from upload to rendition, beside other programs; writes docs/BENCHMARKS.md (about half an hour)
        ./bench search       pages of search results over galleries of several sizes; writes docs/BENCHMARKS.md, exits with 1 when an aim is missed
        ./bench pages        every page over galleries of several sizes; writes docs/BENCHMARKS.md, exits with 1 when an aim is missed
        ./bench serve        renditions beside nginx; writes docs/BENCHMARKS.md, exits with 1 when an aim is missed
        ./bench signals      from a change to who hears of it, by PostgreSQL and by Redis; writes docs/BENCHMARKS.md
        ./bench check        the aims that hold on every machine; exits with 1 when one is missed

          --photos DIR       JPEGs of a folder instead of painted ones
          --images N         how many photos a round has (32)
          --rounds N         rounds, in alternating order (7)
          --cores 1,2        how many processors everyone gets, one run each (1 and 2)
          --singles N        photos that are uploaded alone to an idle server (40)
          --long-run N       photos for the memory of render processes that have worked for long (1000)
          --only a,b         some contestants: end-to-end, render, vipsthumbnail, sharp …; no verdicts on aims that need others
          --rows 1000,100000 how many images a gallery of search or pages has, one run each (1000, 100000 and 1000000)
          --keep DIR         leaves those galleries there, and takes those that are there from an earlier run
          --no-write         leaves docs/BENCHMARKS.md as it is
        """;

    public string Command { get; init; } = "";

    public string? Photos { get; init; }

    public int Images { get; init; } = 32;

    public int Rounds { get; init; } = 7;

    public IReadOnlyList<int> Cores { get; init; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public int Singles { get; init; } = 40;

    public int LongRun { get; init; } = 1000;

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<int> Rows { get; init; } = [1_000, 100_000, 1_000_000];

    public string? Keep { get; init; }

    public bool Writes { get; init; } = true;

    /// <summary>Null when it is not to be kept.</summary>
    public string? GalleryDirectory(int rows) => Keep is null ? null : Directory.CreateDirectory(Path.Combine(Keep, $"gallery-{rows}")).FullName;

    /// <summary>Throws <see cref="FormatException"/> with a sentence for who typed it.</summary>
    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions { Command = args.FirstOrDefault() ?? "" };
        for (var i = 1; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--no-write" => options with { Writes = false },
                "--keep" => options with { Keep = Path.GetFullPath(Next()) },
                "--photos" => options with { Photos = Path.GetFullPath(Next()) },
                "--images" => options with { Images = Number() },
                "--rounds" => options with { Rounds = Number() },
                "--singles" => options with { Singles = Number() },
                "--long-run" => options with { LongRun = Number() },
                "--cores" => options with { Cores = [.. Next().Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))] },
                "--rows" => options with { Rows = [.. Next().Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Order()] },
                "--only" => options with { Only = Next().Split(',') },
                _ => throw new FormatException($"\"{args[i]}\" is no option."),
            };

            string Next() => ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            int Number() =>
                int.TryParse(Next(), CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw new FormatException($"{args[i - 1]} needs a number above 0.");
        }

        return options;
    }
}
