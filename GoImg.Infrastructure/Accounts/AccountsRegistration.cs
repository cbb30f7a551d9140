using GoImg.Core.Accounts;
using GoImg.Infrastructure.Events;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Accounts;

public static class AccountsRegistration
{
    /// <summary>Identity on our context, sessions and the links of the first admin.</summary>
    /// <param name="blocklistPath">A file of refused passwords, one a line, besides what is easily guessed; null for none.</param>
    public static IServiceCollection AddAccountStores(this IServiceCollection services, string? blocklistPath)
    {
        services.AddIdentityCore<Account>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // Rules of passwords and names are Core's, checked before Identity is asked.
            options.Password = new PasswordOptions
            {
                RequiredLength = 1,
                RequiredUniqueChars = 0,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        });
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddSingleton<IPasswordHasher<Account>>(new PasswordHasher<Account>(PasswordWork.HasherOptions));
        services.AddSingleton<PasswordWork>();
        services.AddSingleton<IPasswordStrength>(_ => new PasswordStrength(blocklistPath));
        services.AddScoped<SignInTries>();
        services.AddScoped<ICredentials, Credentials>();
        services.AddSessions();
        services.AddScoped<ISetupLinks, SetupLinkRepository>();
        services.AddHostedService<AccountsCleaner>();
        return services;
    }

    /// <summary>Sessions in the database; whatever happens to an account, the next request asks for its sessions again.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddScoped<ISessions, SessionRepository>();
        services.AddEventReaction<IMemberEvent>(
            (scope, _) =>
            {
                scope.GetRequiredService<SessionCheck>().Forget();
                return Task.CompletedTask;
            }
        );
        return services;
    }
}
