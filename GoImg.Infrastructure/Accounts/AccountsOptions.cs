using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Bound from <c>Accounts</c>.</summary>
public sealed record AccountsOptions : IValidatedOptions
{
    public static string Section => "Accounts";

    /// <summary>A text file of refused passwords, one a line, besides what is easily guessed. Default none.</summary>
    public string? PasswordBlocklistPath { get; init; }

    public void Check(OptionRules rules) => rules.FileExists(PasswordBlocklistPath, "a text file with one password a line, or nothing");
}
