namespace GoImg.Core.Accounts;

/// <summary>What a personal access token may be used for. None includes another.</summary>
public enum TokenScope
{
    /// <summary>To see what its owner may see.</summary>
    Read,

    /// <summary>To send images, and nothing else.</summary>
    Upload,

    /// <summary>To change, delete, like, comment and report.</summary>
    Write,

    /// <summary>To take everything out.</summary>
    Export,
}
