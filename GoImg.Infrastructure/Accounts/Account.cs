using Microsoft.AspNetCore.Identity;

namespace GoImg.Infrastructure.Accounts;

/// <summary>A member's credentials as ASP.NET Core Identity keeps them; same id as the member.</summary>
public sealed class Account : IdentityUser<Guid>;
