using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

public sealed class VisibilityTests
{
    [Fact]
    public void Visibility_is_compared_in_access_rules_alone()
    {
        // They tell an owner in words what a visibility means, and decide nothing.
        string[] words = ["GoImg.Web/Images/EmbedCodes.razor", "GoImg.Web/Images/ImagePageHeader.razor"];

        var comparers = DependencyTests
            .Sources(RepositoryPaths.Root)
            .Where(source =>
                !source.Path.StartsWith("GoImg.Tests/", StringComparison.Ordinal) && !source.Path.EndsWith("Access.cs", StringComparison.Ordinal)
            )
            .Where(source => Comparisons.Any(c => source.Text.Contains(c, StringComparison.Ordinal)))
            .Select(source => source.Path)
            .Except(words);

        Assert.Empty(comparers);
    }

    private static readonly string[] Comparisons =
    [
        ".Visibility == Visibility.",
        ".Visibility != Visibility.",
        ".Visibility is Visibility.",
        ".Visibility is not Visibility.",
        ".Visibility is not (Visibility.",
        ".Visibility is (Visibility.",
    ];
}
