namespace GoImg.Infrastructure.Configuration;

/// <summary>The configuration has values that can't be. The message names the keys, what is wrong with them, and what they take.</summary>
public sealed class BadSettingException : Exception
{
    public BadSettingException(string message, Exception? inner = null)
        : base(message, inner) { }
}
