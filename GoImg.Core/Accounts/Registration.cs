namespace GoImg.Core.Accounts;

/// <summary>What somebody typed to get an account.</summary>
public sealed record Registration(string? Username, string? Email, string? Password);
