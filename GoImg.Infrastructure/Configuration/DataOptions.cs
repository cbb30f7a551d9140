using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Configuration;

/// <summary>Where this machine keeps what is not elsewhere.</summary>
public sealed record DataOptions : IValidatedOptions
{
    public static string Section => "Data";

    /// <summary>Directory of the private database, the local objects and the key file, from the working directory. Default, also when empty: <c>data</c>.</summary>
    public string Path { get; init; } = "data";

    /// <summary>Never empty.</summary>
    public string Directory => Path.Length > 0 ? Path : "data";

    public void Check(OptionRules rules) => rules.MayBeDirectory(Path);
}
