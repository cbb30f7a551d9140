using System.Security.Claims;

namespace GoImg.Web.Shell;

/// <summary>Whom the frame of the page is drawn for, read from the verified cookie: no query for a menu.</summary>
public sealed record CurrentUser(Guid Id, string Username, string Name, bool IsStaff, bool IsAdmin)
{
    public const string DisplayNameClaim = "display_name";

    /// <summary>Null for a visitor.</summary>
    public static CurrentUser? Of(ClaimsPrincipal? user)
    {
        if (user?.Identity?.IsAuthenticated != true || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            return null;

        var username = user.Identity.Name ?? "";
        var name = user.FindFirstValue(DisplayNameClaim) is { Length: > 0 } shown ? shown : username;
        var isAdmin = user.IsInRole("Admin");
        return new(id, username, name, isAdmin || user.IsInRole("Moderator"), isAdmin);
    }
}
