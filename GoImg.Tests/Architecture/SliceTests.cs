using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using GoImg.Core.Accounts;

namespace GoImg.Tests.Architecture;

/// <summary>Which feature may know which, in Core: docs/ARCHITECTURE.md draws it.</summary>
public sealed class SliceTests
{
    private const string Core = "GoImg.Core.";

    // What a slice may know besides Shared and Events, which all may. A new one is added here, and nothing above knows what is below.
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Shared"] = [],
        ["Events"] = [],
        ["Health"] = [],
        ["Caching"] = [],
        ["Tags"] = [],
        ["Rendering"] = [],
        ["Scanning"] = [],
        ["Accounts"] = [],
        ["RateLimits"] = ["Accounts"],
        ["Audit"] = ["Accounts"],
        ["Storage"] = ["Accounts"],
        ["LiveUpdates"] = ["Accounts"],
        ["Jobs"] = ["Accounts", "Audit"],
        ["Idempotency"] = ["Accounts", "Jobs"],
        ["SignIn"] = ["Accounts", "Audit", "RateLimits"],
        ["Images"] = ["Accounts", "Audit", "Jobs", "LiveUpdates", "RateLimits", "Rendering", "Scanning", "Storage", "Tags"],
        ["Search"] = ["Accounts", "Images", "Tags"],
        ["Social"] = [.. Base, "Images"],
        ["Albums"] = [.. Base, "Images"],
        ["Uploads"] = [.. Base, "Images", "Albums"],
        ["Moderation"] = [.. Base, "Images", "Social", "Albums"],
        ["Integrity"] = [.. Base, "Images"],
        ["Export"] = [.. Base, "Images"],
        ["Notifications"] = [.. Base, "Images", "Social", "Albums", "Moderation"],
    };

    private static string[] Base => ["Accounts", "Audit", "Jobs", "LiveUpdates", "RateLimits", "Rendering", "Storage", "Tags"];

    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader().LoadAssemblies(typeof(Member).Assembly).Build();

    public static TheoryData<string> Slices { get; } = [.. Loaded.Types.Select(SliceOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Slices))]
    public void A_slice_knows_only_what_it_may(string slice)
    {
        Assert.True(MayKnow.TryGetValue(slice, out var allowed), $"{Core}{slice} is new: say in this test what it may know.");

        var arrows =
            from type in Loaded.Types
            where SliceOf(type) == slice
            from dependency in type.Dependencies
            let target = SliceOf(dependency.Target)
            where target is not (null or "Shared" or "Events") && target != slice && !allowed!.Contains(target)
            select $"{type.FullName} -> {dependency.Target.FullName}";

        Assert.Empty(arrows.Distinct());
    }

    [Fact]
    public void No_one_may_know_whom_they_are_known_by()
    {
        foreach (var (slice, allowed) in MayKnow)
            Assert.DoesNotContain(slice, allowed.SelectMany(Reachable));

        static IEnumerable<string> Reachable(string slice) => MayKnow[slice].Concat(MayKnow[slice].SelectMany(Reachable));
    }

    private static string? SliceOf(IType type) =>
        type.FullName.StartsWith(Core, StringComparison.Ordinal) && type.FullName.Split('.') is [_, _, var slice, _, ..] ? slice : null;
}
