using System.Reflection;
using GoImg.Core.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GoImg.Infrastructure.Configuration;

/// <summary>Gives the values of now, those that were good last while the configuration has a bad one, and those of the start for whatever is not
/// <see cref="ReloadableAttribute"/>. A singleton; safe on many threads.</summary>
internal sealed partial class ReloadedOptions<T>(IConfiguration configuration, T atStart, ILogger<ReloadedOptions<T>> logger) : IOptionsFactory<T>
    where T : class, IValidatedOptions, new()
{
    private static readonly PropertyInfo[] AtStart =
    [
        .. new OptionsSection(T.Section, typeof(T)).Keys.Where(key => !key.IsDefined(typeof(ReloadableAttribute))),
    ];

    private T? _good;

    public static bool IsReloadable => new OptionsSection(T.Section, typeof(T)).Keys.Count() > AtStart.Length;

    public T Create(string name)
    {
        if (!IsReloadable)
            return atStart;

        try
        {
            var read = configuration.Read<T>();
            foreach (var key in AtStart)
                key.SetValue(read, key.GetValue(atStart));
            return _good = read;
        }
        catch (BadSettingException bad)
        {
            LogKept(bad.Message);
            return _good ?? atStart;
        }
    }

    [LoggerMessage(LogLevel.Error, "The configuration changed and has a value that can't be, so section {Section} stays as it was. {Problem}")]
    private static partial void LogKept(ILogger logger, string section, string problem);

    private void LogKept(string problem) => LogKept(logger, T.Section, problem);
}
