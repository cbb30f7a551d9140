using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Images;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GoImg.Tests.Harness;

public sealed partial class GoImgApp
{
    /// <summary>A new member, signed in through the registration page as a browser would.</summary>
    public async Task<MemberClient> SignUpAsync(string username, Role role = Role.Member)
    {
        var client = new MemberClient(this, username);
        using var answer = await client.Http.PostFormAsync(
            "/register",
            "register",
            new()
            {
                ["username"] = username,
                ["email"] = client.Email,
                ["password"] = MemberClient.Password,
            }
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        client.Id = await InScopeAsync<IMembers, MemberId>(async members =>
            (await members.FindByUsernameAsync(username, CancellationToken.None))!.Id
        );
        client.Role = role;
        if (role != Role.Member)
            await GrantAsync(client.Id, role);
        return client;
    }

    /// <summary>A member who was there before, signed in through the page.</summary>
    public async Task<MemberClient> SignInAsync(string username)
    {
        var member = (await InScopeAsync<IMembers, Member?>(members => members.FindByUsernameAsync(username, CancellationToken.None)))!;
        return await new MemberClient(this, username) { Id = member.Id, Role = member.Role }.SignInElsewhereAsync();
    }

    /// <summary>Reaches into the database behind the application's back.</summary>
    public async Task<int> ExecuteSqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        var changed = await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // Nobody tells of it, and tests don't wait until it is seen.
        ((ImageFileMemory)Services.GetRequiredService<IImageFiles>()).ForgetAll();
        return changed;
    }

    private async Task GrantAsync(MemberId id, Role role)
    {
        await using var scope = Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<IMembers>().FindAsync(id, CancellationToken.None))!.Grant(role);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<SessionCheck>().Forget();
    }
}

/// <summary>A signed-in browser and whose it is.</summary>
public sealed class MemberClient
{
    public const string Password = "seven herons cross the ford";

    private readonly CookieContainer _cookies = new();

    public MemberClient(GoImgApp app, string username) => (App, Username, Http) = (app, username, app.NewClient(_cookies));

    public GoImgApp App { get; }

    public HttpClient Http { get; }

    public string Username { get; }

    /// <summary>The session among them.</summary>
    public CookieCollection Cookies => _cookies.GetCookies(App.Address);

    public string Email => $"{Username}@example.org";

    public MemberId Id { get; set; }

    public Role Role { get; set; }

    /// <summary>For calling services directly.</summary>
    public Actor Actor => new(Id, Role, "127.0.0.1");

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>A browser of the same member elsewhere.</summary>
    public async Task<MemberClient> SignInElsewhereAsync()
    {
        var other = new MemberClient(App, Username) { Id = Id, Role = Role };
        using var answer = await other.Http.PostFormAsync("/sign-in", "sign-in", new() { ["login"] = Username, ["password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return other;
    }
}
