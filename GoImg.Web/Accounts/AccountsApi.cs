using GoImg.Core.Accounts;
using GoImg.Core.SignIn;
using GoImg.Web.Api;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GoImg.Web.Accounts;

internal static class AccountsApi
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("auth").WithoutTokens();
        auth.MapPost("/register", RegisterAsync).AllowAnonymous().WithSummary("Makes an account").ProducesProblem(403).ProducesProblem(409);
        auth.MapPost("/login", LoginAsync)
            .AllowAnonymous()
            .WithSummary("Signs in and gives out tokens")
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403);
        auth.MapPost("/refresh", RefreshAsync)
            .AllowAnonymous()
            .WithSummary("New tokens for the newest refresh token")
            .ProducesProblem(400)
            .ProducesProblem(401);
        auth.MapPost("/logout", LogoutAsync).WithSummary("Ends this session; its tokens stop working at once");

        var users = api.MapGroup("/users").WithTags("users").ProducesProblem(404);
        users.MapGet("/me", MeAsync).WithScope(TokenScope.Read).WithSummary("Who the token belongs to");
        users
            .MapGet("/{id:guid}", GetAsync)
            .AllowAnonymous()
            .WithScope(TokenScope.Read)
            .WithSummary("A member; email and role only to oneself and staff");
        users
            .MapPut("/{id:guid}", EditAsync)
            .WithScope(TokenScope.Write)
            .WithSummary("Display name and bio")
            .ProducesProblem(403)
            .ProducesProblem(412);
        users
            .MapGet("/{id:guid}/sessions", SessionsAsync)
            .WithoutTokens()
            .WithSummary("Where one is signed in, last used first")
            .ProducesProblem(400);
        users.MapDelete("/{id:guid}/sessions/{sessionId:guid}", EndSessionAsync).WithoutTokens().WithSummary("Signs out there");
    }

    private static async Task<Results<Created<UserResponse>, ProblemHttpResult>> RegisterAsync(
        RegisterRequest request,
        AccountService accounts,
        ApiLinks links,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var registered = await accounts.RegisterAsync(http.GetActor(), request.ToRegistration(), cancellationToken);
        if (registered.Error is { } error)
            return error.ToProblem(http);
        var member = registered.Value;
        // Whoever registered is shown what is theirs, though not signed in yet.
        return TypedResults.Created(links.Resource($"users/{member.Id}"), UserResponse.From(new Actor(member.Id, member.Role, null), member));
    }

    private static async Task<Results<Ok<LoginResponse>, ProblemHttpResult>> LoginAsync(
        LoginRequest request,
        AccountService accounts,
        IAccessTokens tokens,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var session = new SessionStart(SessionKind.Api, Remember: false, http.Request.Headers.UserAgent);
        var signedIn = await accounts.SignInAsync(
            http.GetActor(),
            new SignInForm(request.Username ?? request.Email, request.Password, session),
            cancellationToken
        );
        return signedIn.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(await AnswerAsync(signedIn.Value, tokens, cancellationToken));
    }

    private static async Task<Results<Ok<LoginResponse>, ProblemHttpResult>> RefreshAsync(
        RefreshRequest request,
        RenewSession refresh,
        IAccessTokens tokens,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var renewed = await refresh.RunAsync(request.RefreshToken, cancellationToken);
        return renewed.Error is { } error ? error.ToProblem(http) : TypedResults.Ok(await AnswerAsync(renewed.Value, tokens, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogoutAsync(
        SessionService sessions,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        var ended = await sessions.EndAsync(actor, actor.MemberId ?? default, http.User.GetSession() ?? default, cancellationToken);
        return ended.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }

    private static async Task<Results<Versioned<UserResponse>, ProblemHttpResult>> MeAsync(
        MemberService members,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        var me = await members.GetSelfAsync(actor, cancellationToken);
        return me.Error is { } error ? error.ToProblem(http) : Versioned(actor, me.Value);
    }

    private static async Task<Results<Versioned<UserResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        MemberService members,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        var member = await members.GetAsync(actor, new MemberId(id), cancellationToken);
        return member.Error is { } error ? error.ToProblem(http) : Versioned(actor, member.Value);
    }

    private static async Task<Results<Versioned<UserResponse>, ProblemHttpResult>> EditAsync(
        Guid id,
        ProfileRequest request,
        MemberService members,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var actor = http.GetActor();
        // Loaded once and saved as it was loaded: who changes it in between is found out by its version.
        if (http.HasIfMatch())
        {
            var before = await members.GetAsync(actor, new MemberId(id), cancellationToken);
            if ((before.Error ?? http.CheckIfMatch(before.Value.Version)) is { } other)
                return other.ToProblem(http);
        }

        var edited = await members.EditProfileAsync(actor, new MemberId(id), request.DisplayName, request.Bio, cancellationToken);
        return edited.Error is { } error ? error.UnderIfMatch(http).ToProblem(http) : Versioned(actor, edited.Value);
    }

    private static async Task<Results<Ok<ListResponse<SessionResponse>>, ProblemHttpResult>> SessionsAsync(
        Guid id,
        [AsParameters] CursorQuery query,
        SessionService sessions,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        if (query.Check() is { } wrong)
            return wrong.ToProblem(http);
        var page = await sessions.ListAsync(http.GetActor(), new MemberId(id), query.List.After, query.List.Size, cancellationToken);
        return page.Error is { } error
            ? error.ToProblem(http)
            : http.OkList(page.Value, query.List, s => SessionResponse.From(s, http.User.GetSession()));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndSessionAsync(
        Guid id,
        Guid sessionId,
        SessionService sessions,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var ended = await sessions.EndAsync(http.GetActor(), new MemberId(id), new SessionId(sessionId), cancellationToken);
        return ended.Error is { } error ? error.ToProblem(http) : TypedResults.NoContent();
    }

    private static Versioned<UserResponse> Versioned(Actor actor, Member member) => new(UserResponse.From(actor, member), member.Version);

    private static async Task<LoginResponse> AnswerAsync(SignedIn signedIn, IAccessTokens tokens, CancellationToken cancellationToken)
    {
        var access = await tokens.IssueAsync(signedIn.Session, cancellationToken);
        return new(
            access.Text,
            signedIn.RefreshToken!.Text,
            "Bearer",
            (int)access.Lifetime.TotalSeconds,
            UserResponse.From(new Actor(signedIn.Member.Id, signedIn.Member.Role, null), signedIn.Member)
        );
    }
}
