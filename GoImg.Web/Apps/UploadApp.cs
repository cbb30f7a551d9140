using GoImg.Web.Api;

namespace GoImg.Web.Apps;

/// <summary>A program of others that GoImg prepares to send images here.</summary>
public enum UploadApp
{
    ShareX,

    /// <summary>A shell script, for Flameshot and whatever else gives a file.</summary>
    Script,

    Curl,

    /// <summary>Of iPhone and iPad.</summary>
    Shortcuts,
}

/// <summary>What a program is told: where to, as whom, and who may see what it sends.</summary>
/// <param name="Site">The site's address without a slash at its end.</param>
/// <param name="IsNamed">Addresses in the API's answers begin with it; where the site does not know its name they are paths.</param>
/// <param name="Visibility">As the API writes it.</param>
public sealed record UploadAccess(string Site, bool IsNamed, string Token, string Visibility)
{
    public string Address => Site + ApiV1.Prefix + "/images";
}
