namespace GoImg.Web.Commands;

/// <summary>What was typed: the words of a command, its own options, and everything else, which is configuration as for the server.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string?> _options = new(StringComparer.OrdinalIgnoreCase);

    private CommandLine(IReadOnlyList<string> words, string[] settings) => (Words, Settings) = (words, settings);

    public IReadOnlyList<string> Words { get; }

    /// <summary>For the host's configuration: <c>--Section:Key value</c>, <c>--urls …</c>, <c>--contentRoot …</c>.</summary>
    public string[] Settings { get; }

    /// <param name="options">The command's own options; a name that ends in <c>=</c> takes a value.</param>
    public static CommandLine Parse(string[] args, params string[] options)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        var settings = new List<string>();
        var own = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = words.Count; i < args.Length; i++)
        {
            var name = args[i].TrimStart('-').Split('=')[0];
            var hasValue = args[i].Contains('=', StringComparison.Ordinal);
            if (options.Contains(name + "=", StringComparer.OrdinalIgnoreCase))
                own[name] =
                    hasValue ? args[i][(args[i].IndexOf('=', StringComparison.Ordinal) + 1)..]
                    : i + 1 < args.Length ? args[++i]
                    : null;
            else if (options.Contains(name, StringComparer.OrdinalIgnoreCase))
                own[name] = "";
            else
                settings.Add(args[i]);
        }

        var line = new CommandLine(words, [.. settings]);
        foreach (var (name, value) in own)
            line._options[name] = value;
        return line;
    }

    public bool Has(string option) => _options.ContainsKey(option);

    public string? this[string option] => _options.GetValueOrDefault(option);
}
