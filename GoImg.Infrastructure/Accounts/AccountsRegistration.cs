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
        services.AddPersonalAccessTokens();
        services.AddScoped<ISetupLinks, SetupLinkRepository>();
        services.AddHostedService<AccountsCleaner>();
        return services;
    }

    /// <summary>Sessions in the database; whatever happens to an account, the next request asks for its sessions again.</summary>
    private static void AddSessions(this IServiceCollection services)
    {
        if (services.HasRedis())
            services.AddSingleton<ISessionCache, SharedSessionCache>();
        services.AddSingleton(provider => Following<SessionCheck>(provider, check => check.Forget()));
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

    /// <summary>As sessions: whatever happens to an account, the next request asks for its tokens again.</summary>
    private static void AddPersonalAccessTokens(this IServiceCollection services)
    {
        services.AddSingleton(provider => Following<PersonalAccessTokenCheck>(provider, check => check.Forget()));
        services.AddScoped<PersonalAccessTokenService>();
        services.AddScoped<SignOutEverywhere>();
        services.AddScoped<IPersonalAccessTokens, PersonalAccessTokenRepository>();
        services.AddEventReaction<IMemberEvent>(
            (scope, _) =>
            {
                scope.GetRequiredService<PersonalAccessTokenCheck>().Forget();
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>A check that also hears what other nodes did to accounts; after a gap anything may have ended.</summary>
    private static TCheck Following<TCheck>(IServiceProvider services, Action<TCheck> forget)
    {
        var check = ActivatorUtilities.CreateInstance<TCheck>(services);
        services
            .GetRequiredService<RecentChanges>()
            .Follow(update =>
            {
                if (update is null or { Kind: ChangePayload.OfMember })
                    forget(check);
            });
        return check;
    }
}
