using GoImg.Bench.Results;
using static GoImg.Bench.Pipeline.Field;

namespace GoImg.Bench.Pipeline;

/// <summary>What the races have to show.</summary>
internal static class PipelineAims
{
    /// <summary>Of one race: processor time where there is one core, throughput where there are more.</summary>
    public static IEnumerable<Aim> Of(Race race)
    {
        if (race.Cores == 1)
        {
            if (race.Has(Render, Yardstick))
                yield return Aim.AtMost(
                    "P1",
                    "processor time of the render step against a C program with the same calls",
                    1.05,
                    race.CpuPerImage(Render) / race.CpuPerImage(Yardstick)
                );
            if (race.Has(Render, VipsThumbnailSame))
                yield return Aim.AtMost(
                    "P2",
                    "processor time against the calls of `vipsthumbnail` in four runs, same efforts",
                    0.72,
                    race.CpuPerImage(Render) / race.CpuPerImage(VipsThumbnailSame)
                );
            if (race.Has(Render, VipsThumbnail))
                yield return Aim.AtMost(
                    "P3",
                    "processor time against the calls of `vipsthumbnail` in four runs, its effort 4",
                    0.50,
                    race.CpuPerImage(Render) / race.CpuPerImage(VipsThumbnail)
                );
            yield break;
        }

        if (race.Has(EndToEnd, Render))
            yield return Aim.AtLeast(
                "P5",
                "end to end against the render step alone, images/s",
                0.90,
                race.ImagesPerSecond(EndToEnd) / race.ImagesPerSecond(Render)
            );
        if (race.Has(EndToEnd, Sharp))
            yield return Aim.AtLeast(
                "P6",
                "end to end against sharp's four pipelines without store, database and isolation, images/s",
                2.0,
                race.ImagesPerSecond(EndToEnd) / race.ImagesPerSecond(Sharp)
            );
    }

    /// <summary>Of two races.</summary>
    public static IEnumerable<Aim> Between(IReadOnlyList<Race> races)
    {
        if (
            races.FirstOrDefault(r => r.Cores == 1) is { } one
            && races.FirstOrDefault(r => r.Cores == 2) is { } two
            && one.Has(Render)
            && two.Has(Render)
        )
            yield return Aim.AtLeast(
                "P4",
                "two render processes on two cores against one on one, images/s",
                1.9,
                two.ImagesPerSecond(Render) / one.ImagesPerSecond(Render)
            );
    }
}
