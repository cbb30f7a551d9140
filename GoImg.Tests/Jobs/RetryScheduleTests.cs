using GoImg.Infrastructure.Jobs;

namespace GoImg.Tests.Jobs;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 15)]
    [InlineData(9, 15)]
    public void Waits_grow_from_one_to_fifteen_minutes_give_or_take_a_fifth(int attempt, int minutes)
    {
        var schedule = new RetrySchedule(new JobsOptions());

        var waits = Enumerable.Range(0, 200).Select(_ => schedule.After(attempt)).ToList();

        Assert.All(waits, wait => Assert.InRange(wait.TotalMinutes, minutes * 0.8, minutes * 1.2));
        Assert.True(waits.Distinct().Count() > 10);
        Assert.Equal(4, schedule.MaxAttempts);
    }
}
