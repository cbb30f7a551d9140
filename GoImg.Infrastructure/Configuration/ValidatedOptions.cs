using System.Reflection;
using GoImg.Core.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Configuration;

/// <summary>The one way from the configuration to options: bound by section and checked, before there is a container or in it.</summary>
public static class ValidatedOptions
{
    /// <summary>The section as it stands now. Throws <see cref="BadSettingException"/>.</summary>
    public static T Read<T>(this IConfiguration configuration)
        where T : class, IValidatedOptions, new()
    {
        var options = Bind<T>(configuration);
        var rules = new OptionRules(T.Section);
        options.Check(rules);
        return rules.Problems.Count == 0 ? options : throw new BadSettingException(string.Join(" ", rules.Problems));
    }

    /// <summary>Checks the section at once and registers it: as <typeparamref name="T"/>, fixed for the life of the process, or, where a key is
    /// <see cref="ReloadableAttribute"/>, the values of now, a set for each scope. A singleton that is to see changes takes an
    /// <see cref="IOptionsMonitor{T}"/>. Throws <see cref="BadSettingException"/>.</summary>
    public static T AddValidatedOptions<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class, IValidatedOptions, new()
    {
        var atStart = configuration.Read<T>();
        services.AddOptions();
        services.AddSingleton(new OptionsSection(T.Section, typeof(T)));
        services.AddSingleton<IOptionsFactory<T>>(provider =>
            ActivatorUtilities.CreateInstance<ReloadedOptions<T>>(provider, configuration, atStart)
        );
        if (ReloadedOptions<T>.IsReloadable)
        {
            services.AddSingleton<IOptionsChangeTokenSource<T>>(new ConfigurationChangeTokenSource<T>(configuration));
            services.AddScoped(provider => provider.GetRequiredService<IOptionsMonitor<T>>().CurrentValue);
        }
        else
        {
            services.AddSingleton(atStart);
        }

        return atStart;
    }

    private static T Bind<T>(IConfiguration configuration)
        where T : class, IValidatedOptions, new()
    {
        try
        {
            var section = configuration.GetSection(T.Section);
            // The binder leaves entries of a list or dictionary out that it can't read, and says nothing. One by one, it says so.
            foreach (var list in new OptionsSection(T.Section, typeof(T)).Keys.Where(key => key.PropertyType.IsGenericType))
            foreach (var entry in section.GetSection(list.Name).GetChildren())
                entry.Get(list.PropertyType.GetGenericArguments()[^1]);
            return section.Get<T>() ?? new T();
        }
        catch (InvalidOperationException unbound) when (unbound.InnerException is FormatException or ArgumentException or OverflowException)
        {
            // The binder's message names the key as 'Section:Key' and the type; the inner one the value.
            throw new BadSettingException($"{unbound.Message} {unbound.InnerException.Message}", unbound);
        }
    }
}

/// <summary>A section that is bound, and the type that has its keys.</summary>
public sealed record OptionsSection(string Name, Type Type)
{
    public IEnumerable<PropertyInfo> Keys => Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);
}
