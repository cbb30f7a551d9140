using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Configuration;

/// <summary>What this process does for the site; bound from <c>Node</c>.</summary>
public sealed record NodeOptions : IValidatedOptions
{
    private static readonly string[] Roles = ["all", "web", "worker"];

    public static string Section => "Node";

    /// <summary><c>all</c>; <c>web</c>: serves, and leaves jobs, and with them scanning and rendering, to others; <c>worker</c>: works on jobs and serves its
    /// health alone. Default all. Every site needs both somewhere.</summary>
    public string Role { get; init; } = "all";

    /// <summary>The account that a server goes on as when root starts it. Default none: <c>goimg</c>, where there is one that the data belong to.</summary>
    public string? RunAs { get; init; }

    public bool Serves => !Is("worker");

    /// <summary>Runs jobs, which need the scanner and the renderer.</summary>
    public bool Works => !Is("web");

    public void Check(OptionRules rules) => rules.OneOf(Role, Roles);

    private bool Is(string role) => string.Equals(Role, role, StringComparison.OrdinalIgnoreCase);
}
