using GoImg.Core.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Security;

public static class SecurityRegistration
{
    /// <summary>Keys for cookies, forms and access tokens, kept in the database.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("GoImg");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DataProtectionKeys>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SigningKeys>(s, SigningKeys.KeyBits));
        services.AddSingleton<IAccessTokens, AccessTokens>();
        return services;
    }
}
