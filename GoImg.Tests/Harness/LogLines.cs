using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GoImg.Tests.Harness;

/// <summary>A logger that remembers what was said.</summary>
public sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public bool Contains(string words) => _lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    public IReadOnlyCollection<string> Lines => _lines;

    public int Count(string words) => _lines.Count(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>The same for who asks for a logger of its own type.</summary>
    public ILogger<T> For<T>() => new Typed<T>(this);

    /// <summary>The same for a whole host.</summary>
    public ILoggerProvider ForAll() => new Provider(this);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    private sealed class Provider(LogLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => lines;

        public void Dispose() { }
    }

    private sealed class Typed<T>(LogLines lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Log(logLevel, eventId, state, exception, formatter);
    }
}
