using GoImg.Core.Accounts;

namespace GoImg.Web.Accounts;

/// <summary>How scopes of access tokens are told to people.</summary>
internal static class TokenLabels
{
    public static string Of(TokenScope scope) =>
        scope switch
        {
            TokenScope.Read => TokenTexts.ScopeRead,
            TokenScope.Upload => TokenTexts.ScopeUpload,
            TokenScope.Write => TokenTexts.ScopeWrite,
            _ => TokenTexts.ScopeExport,
        };

    public static string HintOf(TokenScope scope) =>
        scope switch
        {
            TokenScope.Read => TokenTexts.ScopeReadHint,
            TokenScope.Upload => TokenTexts.ScopeUploadHint,
            TokenScope.Write => TokenTexts.ScopeWriteHint,
            _ => TokenTexts.ScopeExportHint,
        };
}
