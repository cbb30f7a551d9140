using System.Diagnostics.CodeAnalysis;
using System.Net;
using GoImg.Core.Shared;
using StackExchange.Redis;

namespace GoImg.Infrastructure.Redis;

/// <summary>Bound from <c>Redis</c>.</summary>
public sealed record RedisOptions : IValidatedOptions
{
    public static string Section => "Redis";

    /// <summary><c>host:port</c>, and behind commas what else StackExchange.Redis reads: <c>password=…,ssl=true,defaultDatabase=2</c>. Without it
    /// everything that Redis shares between nodes is each node's own.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Begins every key and channel, so that several sites can use one server. Default <c>goimg:</c>.</summary>
    public string KeyPrefix { get; init; } = "goimg:";

    [MemberNotNullWhen(true, nameof(ConnectionString))]
    public bool IsOn => ConnectionString is { Length: > 0 };

    // The connection string is not repeated: it may hold the password.
    public void Check(OptionRules rules)
    {
        if (IsOn && ProblemOf(ConnectionString) is { } problem)
        {
            rules.Holds(
                false,
                $"Redis:ConnectionString {problem}; it must be host:port, behind commas the settings of StackExchange.Redis such as password=…, ssl=true and defaultDatabase=2."
            );
        }

        rules.Holds(
            KeyPrefix.Length is > 1 and <= 64
                && KeyPrefix.EndsWith(':')
                && KeyPrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '_' or '-'),
            $"Redis:KeyPrefix is \"{KeyPrefix}\"; it must be 2 to 64 letters, digits or any of . _ - : and end with a colon."
        );
    }

    private static string? ProblemOf(string connectionString)
    {
        try
        {
            var parsed = ConfigurationOptions.Parse(connectionString);
            return parsed.EndPoints.Count == 0 ? "names no server"
                : parsed.EndPoints.FirstOrDefault(e => PortOf(e) is < 1 or > 65_535) is { } odd ? $"names {HostOf(odd)} without a port"
                : parsed.DefaultDatabase is < 0 or > 1_000_000 ? "has a defaultDatabase that can't be"
                : null;
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or OverflowException)
        {
            // The message quotes the setting's name, never its value.
            return unfit is ArgumentException { ParamName: { Length: > 0 } key } ? $"has a setting that can't be read, {key}" : "can't be read";
        }
    }

    private static int PortOf(EndPoint endPoint) =>
        endPoint switch
        {
            DnsEndPoint named => named.Port,
            IPEndPoint address => address.Port,
            _ => 1,
        };

    private static string HostOf(EndPoint endPoint) => endPoint is DnsEndPoint named ? named.Host : endPoint.ToString()!;
}
