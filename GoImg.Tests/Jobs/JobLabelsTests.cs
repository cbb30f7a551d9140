using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Infrastructure.Events;
using GoImg.Web.Jobs;

namespace GoImg.Tests.Jobs;

public sealed class JobLabelsTests
{
    public static TheoryData<string> Kinds { get; } =
    [
        .. new[] { typeof(PrepareImageJob), typeof(DeliverEventJob) }
            .SelectMany(one => one.Assembly.GetTypes())
            .Where(type => type is { IsInterface: false } && typeof(IJob).IsAssignableFrom(type))
            .Select(type => (string)type.GetProperty("Kind")!.GetValue(null)!),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_job_has_its_words(string kind) => Assert.NotEqual(kind, JobLabels.Of(kind));
}
