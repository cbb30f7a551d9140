using Microsoft.Extensions.Options;

namespace GoImg.Tests.Harness;

/// <summary>Options that a test gives and nothing reloads.</summary>
public sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}

public static class FixedOptions
{
    public static IOptionsMonitor<T> Of<T>(T value) => new FixedOptions<T>(value);
}
