using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Database;

/// <summary>Bound from <c>Database</c>.</summary>
public sealed record DatabaseOptions : IValidatedOptions
{
    public static string Section => "Database";

    /// <summary>The directory of <c>initdb</c> and <c>postgres</c>. Default none: the usual places are searched.</summary>
    public string? ProgramsPath { get; init; }

    /// <summary>The account that runs the private server when GoImg runs as root. Default none: the cluster's owner, else <c>postgres</c>,
    /// else <c>goimg</c>, which is created.</summary>
    public string? RunAs { get; init; }

    public void Check(OptionRules rules) => rules.MayBeDirectory(ProgramsPath);
}
