using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Architecture;

/// <summary>An image's address is made in one place, so that it can change in one place.</summary>
public sealed partial class ImageUrlTests
{
    // What answers at them, and the script that looks for a tile by what its link begins with.
    private static readonly string[] Routes =
    [
        "@page \"/i/",
        ".MapGroup(\"/i/{slug}\")",
        ".MapMethods(\"/i/{slug}/",
        ".MapMethods($\"/i/{{slug}}/",
        ".MapPost(\"/i/{slug}/",
        "document.querySelector(`.grid a[href^=\"/i/",
    ];

    [Fact]
    public void Addresses_of_images_are_made_by_ImageUrls_alone()
    {
        string[] projects = ["GoImg.Core", "GoImg.DurableFiles", "GoImg.EmbeddedPostgres", "GoImg.Infrastructure", "GoImg.Web", "GoImg.Demo"];
        var typed =
            from project in projects
            from file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, project), "*.*", SearchOption.AllDirectories)
            where Path.GetExtension(file) is ".cs" or ".razor" or ".js"
            let path = Path.GetRelativePath(RepositoryPaths.Root, file)
            where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            where path != "GoImg.Web/Images/ImageUrls.cs"
            from line in File.ReadLines(file)
            where Address().IsMatch(line) && !Routes.Any(route => line.Contains(route, StringComparison.Ordinal))
            select $"{path}: {line.Trim()}";

        Assert.Empty(typed);
    }

    // Of its page or its bytes, and a rendition put behind some other address.
    [GeneratedRegex("""["'`}(=]/i/|/(thumb|small|medium|large)["'` ]""", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
