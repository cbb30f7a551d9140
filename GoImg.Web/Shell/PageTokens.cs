using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace GoImg.Web.Shell;

/// <summary>Antiforgery tokens for forms in pages. The framework's own makes one for every page, form or not, and with it a cookie and a page that
/// no browser keeps for its Back button. A visitor gets one only where a form asks for it; a member's pages carry theirs into circuits as usual.</summary>
internal sealed class PageTokens(IHttpContextAccessor http, IAntiforgery forms) : AntiforgeryStateProvider
{
    private AntiforgeryRequestToken? _token;

    /// <summary>Carried from the page into its circuit.</summary>
    [PersistentState]
    public AntiforgeryRequestToken? CurrentToken
    {
        get => _token ?? (CurrentUser.Of(http.HttpContext?.User) is null ? null : GetAntiforgeryToken());
        set => _token = value;
    }

    public override AntiforgeryRequestToken? GetAntiforgeryToken()
    {
        // In a circuit there is no answer to put a cookie on: the page's token serves.
        if (
            _token is null
            && http.HttpContext is { Response.HasStarted: false, WebSockets.IsWebSocketRequest: false } context
            && forms.GetAndStoreTokens(context) is { RequestToken: { } value } tokens
        )
            _token = new AntiforgeryRequestToken(value, tokens.FormFieldName);
        return _token;
    }
}
