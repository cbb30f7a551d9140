using System.Security.Claims;
using GoImg.Core.Accounts;
using GoImg.Core.SignIn;
using GoImg.Web.Audit;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;

namespace GoImg.Web.Accounts;

/// <summary>The browser's sign-in. The cookie only names a session; the row behind it says on each request who that is now.</summary>
internal static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void Configure(CookieAuthenticationOptions options, bool isHttps)
    {
        SiteCookies.Apply(options.Cookie, "session", isHttps);
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        // The session's own clock is in the database; the cookie outlives it and is never renewed.
        options.SlidingExpiration = false;
        options.ExpireTimeSpan = SessionLifetime.Of(SessionKind.Cookie, remember: true).Absolute;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = LeadToSignIn;
        // What somebody may not see is not there.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return AccessDenials.NoteAsync(context.HttpContext);
        };
    }

    /// <summary>Gives the browser the cookie of a fresh session.</summary>
    public static Task IssueAsync(HttpContext http, SignedIn signedIn)
    {
        var session = signedIn.Session;
        var identity = new ClaimsIdentity([new Claim(ActorClaims.Session, session.Id.ToString())], Scheme);
        return http.SignInAsync(
            Scheme,
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IsPersistent = session.IsRemembered, ExpiresUtc = session.EndsAt }
        );
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // The error page is drawn for no one: what broke may be the database that would be asked.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        var check = context.HttpContext.RequestServices.GetRequiredService<SessionCheck>();
        var live = context.Principal?.GetSession() is { } id ? await check.FindAsync(id, context.HttpContext.RequestAborted) : null;
        if (live is { Kind: SessionKind.Cookie })
        {
            context.ReplacePrincipal(new ClaimsPrincipal(ActorClaims.Write(live, Scheme)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    private static Task LeadToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        // Back to the page, not to the form that was posted: a POST is not repeated by a link.
        if (HttpMethods.IsGet(context.Request.Method))
            // Without the host, which is whatever the asker says it is.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        else
            context.Response.Redirect(context.Options.LoginPath);
        return Task.CompletedTask;
    }
}
