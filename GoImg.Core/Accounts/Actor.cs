using System.Net;
using System.Net.Sockets;

namespace GoImg.Core.Accounts;

/// <summary>Who asks. The first parameter of every service and query; built from a verified cookie or token, never from input.</summary>
/// <param name="MemberId">Null for a visitor.</param>
/// <param name="Role">As of the session's last check; meaningless for a visitor.</param>
/// <param name="Address">The client's network address for limits and the audit log; null for the system itself.</param>
public sealed record Actor(MemberId? MemberId, Role Role, string? Address)
{
    /// <summary>Jobs and commands on the machine itself: allowed everything, signs the audit log as the system.</summary>
    public static readonly Actor System = new(null, Role.Admin, null) { IsSystem = true };

    public bool IsSystem { get; private init; }

    public bool IsSignedIn => MemberId is not null;

    public bool IsStaff => IsSystem || (IsSignedIn && Role >= Role.Moderator);

    public bool IsAdmin => IsSystem || (IsSignedIn && Role == Role.Admin);

    public static Actor Visitor(string? address) => new(null, Role.Member, address);

    public bool Is(MemberId id) => MemberId == id;

    /// <summary>What limits count as one place. One household has an IPv6 /64 and all the addresses in it.</summary>
    public string Network
    {
        get
        {
            if (!IPAddress.TryParse(Address, out var ip))
                return "unknown";
            if (ip.IsIPv4MappedToIPv6)
                return ip.MapToIPv4().ToString();
            return ip.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(ip.GetAddressBytes(), 0, 8) : ip.ToString();
        }
    }
}
