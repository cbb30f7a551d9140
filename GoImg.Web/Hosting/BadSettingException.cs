namespace GoImg.Web.Hosting;

/// <summary>The configuration has a value that can't be. The message names the key, what is wrong with it, and what it takes.</summary>
internal sealed class BadSettingException(string message) : Exception(message);
