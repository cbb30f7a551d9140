using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>The Dockerfile names the projects it copies, so that a change of code restores nothing; this holds it to those there are.</summary>
public sealed partial class ContainerImageTests
{
    [Fact]
    public void What_the_server_is_built_from_gets_into_the_build_of_the_image()
    {
        var dockerfile = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "Dockerfile"));
        var let = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, ".dockerignore"));

        Assert.All(
            Projects("GoImg.Web").Distinct(),
            name =>
            {
                Assert.Contains($"COPY {name}/*.csproj {name}/", dockerfile);
                Assert.Contains($"COPY {name} {name}", dockerfile);
                Assert.Contains($"!{name}", let);
            }
        );
    }

    private static IEnumerable<string> Projects(string name) =>
        Reference()
            .Matches(File.ReadAllText(Path.Combine(RepositoryPaths.Root, name, $"{name}.csproj")))
            .SelectMany(reference => Projects(reference.Groups["name"].Value))
            .Prepend(name);

    [GeneratedRegex("""<ProjectReference Include="\.\./(?<name>[^/"]+)/""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
