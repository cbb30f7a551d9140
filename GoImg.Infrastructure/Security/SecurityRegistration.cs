using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GoImg.Core.Accounts;
using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Security;

public static class SecurityRegistration
{
    /// <summary>Keys for cookies, forms and access tokens, kept in the database and encrypted with something that is not.</summary>
    /// <param name="dataPath">Where the key file is made when nothing else is named.</param>
    public static IServiceCollection AddKeys(this IServiceCollection services, KeyEncryptionOptions options, string dataPath)
    {
        var protection = services.AddDataProtection().SetApplicationName("GoImg").PersistKeysToDbContext<GoImgDbContext>();
        // Always there: keys from before a certificate was named were encrypted with it.
        services.AddSingleton(new KeyEncryption(options, options.KeyFileIn(dataPath)));
        if (options.CertificatePath is { Length: > 0 } path)
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword));
        else
            services.AddOptions<KeyManagementOptions>().Configure<KeyEncryption>((keys, encryption) => keys.XmlEncryptor = encryption);
        services.AddScoped<StoredKeys>();

        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SigningKeys>(s, (Func<RSA>)SigningKeys.CreateKey));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAccessTokens>(s => s.GetRequiredService<AccessTokens>());
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(s => s.GetRequiredService<AccessTokens>());
        return services;
    }

    /// <summary>See <see cref="StoredKeys.PrepareAsync"/>.</summary>
    public static async Task PrepareKeysAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StoredKeys>().PrepareAsync(cancellationToken);
    }
}
