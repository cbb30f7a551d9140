using GoImg.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Core.Accounts;

public static class AccountsRegistration
{
    /// <summary>The services of this feature; their ports are registered by Infrastructure.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AccountCreation>();
        services.AddScoped<AccountService>();
        services.AddScoped<MemberService>();
        services.AddScoped<SessionService>();
        services.AddScoped<AdminSetup>();
        return services;
    }
}
