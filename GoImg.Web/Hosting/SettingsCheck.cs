using Microsoft.Extensions.Options;

namespace GoImg.Web.Hosting;

/// <summary>Stops a start on bad configuration before anything else happens, with the key in the message.</summary>
internal static class SettingsCheck
{
    private static readonly string[] ScannerKinds = ["off", "clamav"];

    /// <summary>Throws <see cref="BadSettingException"/>.</summary>
    public static void Check(IConfiguration configuration)
    {
        if (
            configuration["Site:BaseUrl"] is { Length: > 0 } site
            && (
                !Uri.TryCreate(site, UriKind.Absolute, out var url)
                || url.Scheme is not ("http" or "https")
                || url.PathAndQuery != "/"
                || url.UserInfo.Length > 0
            )
        )
        {
            throw new BadSettingException(
                $"Site:BaseUrl is \"{site}\"; it must be the site's address without a path, such as https://images.example.org."
            );
        }

        if (configuration["Scanning:Kind"] is { Length: > 0 } kind && !ScannerKinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
            throw new BadSettingException($"Scanning:Kind is \"{kind}\"; it must be one of: {string.Join(", ", ScannerKinds)}.");
        if (configuration["Accounts:PasswordBlocklistPath"] is { Length: > 0 } list && !File.Exists(list))
            throw new BadSettingException(
                $"Accounts:PasswordBlocklistPath is \"{list}\"; there is no such file. It takes a text file with one password a line, or nothing."
            );
    }

    /// <summary>What the operator is told for whatever validation or binding threw; null for anything that is not about configuration.</summary>
    public static string? Explain(Exception refused) =>
        refused switch
        {
            BadSettingException bad => bad.Message,
            OptionsValidationException invalid => string.Join(" ", invalid.Failures),
            // The binder's message names the key as 'Section:Key' and the type; the inner one the value.
            InvalidOperationException { InnerException: { } value and (FormatException or ArgumentException or OverflowException) } unbound =>
                $"{unbound.Message} {value.Message}",
            _ => null,
        };
}
