using GoImg.Core.Accounts;
using GoImg.Core.SignIn;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Events;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Infrastructure.Redis;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Accounts;

public static class AccountsRegistration
{
    /// <summary>Members, sessions and signing in, with Identity on our context.</summary>
    /// <param name="blocklistPath">A file of refused passwords, one a line, besides what is easily guessed; null for none.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, string? blocklistPath)
    {
        services.AddScoped<StaffAccess>();
        services.AddScoped<AccountCreation>();
        services.AddScoped<MemberService>();
        services.AddScoped<AccountService>();
        services.AddScoped<AdminSetup>();
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
        services.AddSingleton<IPasswordHasher<Account>>(new PasswordHasher<Account>(PasswordHashing.HasherOptions));
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<IPasswordStrength>(_ => new ZxcvbnPasswordStrength(blocklistPath));
        services.AddScoped<SignInTries>();
        services.AddScoped<ICredentials, Credentials>();
        services.AddSessions();
        services.AddScoped<ISetupLinks, SetupLinkRepository>();
        services.AddHostedService<AccountsCleaner>();
        return services;
    }

    /// <summary>Sessions in the database; whatever happens to an account, the next request asks for its sessions again.</summary>
    private static void AddSessions(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<ISessionCache, SharedSessionCache>();
        services.AddSingleton(CreateSessionCheck);
        services.AddScoped<SessionService>();
        services.AddScoped<RenewSession>();
        services.AddScoped<ISessions, SessionRepository>();
        services.AddEventReaction<IMemberEvent>(
            (scope, _) =>
            {
                scope.GetRequiredService<SessionCheck>().Forget();
                return Task.CompletedTask;
            }
        );
    }

    private static SessionCheck CreateSessionCheck(IServiceProvider services)
    {
        var check = ActivatorUtilities.CreateInstance<SessionCheck>(services);
        // After a gap any session may have ended.
        services
            .GetRequiredService<RecentChanges>()
            .Follow(update =>
            {
                if (update is null or { Kind: ChangePayload.OfMember })
                    check.Forget();
            });
        return check;
    }
}
