using GoImg.Core.Accounts;
using GoImg.DurableFiles;
using GoImg.EmbeddedPostgres;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

public sealed class DependencyTests
{
    [Fact]
    public void Core_references_the_base_library_and_abstractions_alone()
    {
        var references = typeof(Member).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.All(
            references,
            name =>
                Assert.True(
                    name.StartsWith("System.", StringComparison.Ordinal)
                        || (
                            name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                            && name.EndsWith(".Abstractions", StringComparison.Ordinal)
                        ),
                    $"Core references {name}."
                )
        );
    }

    [Fact]
    public void Durable_files_and_the_embedded_PostgreSQL_know_nothing_of_GoImg()
    {
        Assert.DoesNotContain(References(typeof(DiskFlush)), IsOurs);
        Assert.Equal(["GoImg.DurableFiles"], References(typeof(EmbeddedServer)).Where(IsOurs));

        static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        static bool IsOurs(string name) => name.StartsWith("GoImg.", StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Web_only_the_composition_roots_name_Infrastructure()
    {
        string[] roots = ["Program.cs", "Hosting/", "Commands/"];

        var others = Sources(RepositoryPaths.Web)
            .Where(source => !roots.Any(root => source.Path.StartsWith(root, StringComparison.Ordinal)))
            .Where(source =>
                source.Text.Contains("GoImg.Infrastructure", StringComparison.Ordinal)
                || source.Text.Contains("GoImg.EmbeddedPostgres", StringComparison.Ordinal)
            )
            .Select(source => source.Path);

        Assert.Empty(others);
    }

    /// <summary>The binding starts libvips as soon as one of its methods runs, wherever that is.</summary>
    [Fact]
    public void Only_what_runs_in_render_processes_names_the_binding_of_libvips()
    {
        var others = Sources(RepositoryPaths.Root)
            .Where(source =>
                !source.Path.StartsWith("GoImg.Infrastructure/Rendering/Vips/", StringComparison.Ordinal)
                && !source.Path.StartsWith("GoImg.Tests/", StringComparison.Ordinal)
            )
            .Where(source =>
                source.Text.Contains("using NetVips", StringComparison.Ordinal) || source.Text.Contains("NetVips.", StringComparison.Ordinal)
            )
            .Select(source => source.Path);

        // what the sandbox lets in is named by its file
        Assert.Equal(["GoImg.Infrastructure/Rendering/Sandbox.cs"], others);
    }

    internal static IEnumerable<(string Path, string Text)> Sources(string root) =>
        Directory
            .EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (Path: Path.GetRelativePath(root, file), File: file))
            .Where(f =>
                !f.Path.Contains("/obj/", StringComparison.Ordinal)
                && !f.Path.Contains("/bin/", StringComparison.Ordinal)
                && !f.Path.StartsWith("obj/", StringComparison.Ordinal)
                && !f.Path.StartsWith("bin/", StringComparison.Ordinal)
            )
            .Select(f => (f.Path, File.ReadAllText(f.File)));
}
