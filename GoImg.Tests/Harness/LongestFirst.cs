using System.Reflection;
using GoImg.Tests.Harness;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace GoImg.Tests.Harness;

/// <summary>Classes that say <c>Duration=long</c> begin first: or the last of them would keep one core busy while the other waits.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly HashSet<string> Long =
    [
        .. typeof(LongestFirst)
            .Assembly.GetTypes()
            .Where(t => t.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "Duration", Value: "long" }))
            .Select(t => t.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        // Each becomes a task of the pool, whose threads take the newest of their own first.
        [.. testCollections.OrderBy(IsLong)];

    // Each class is a collection of its own, named after it.
    private static bool IsLong<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection => collection.TestCollectionDisplayName.Split(' ').Any(Long.Contains);
}
