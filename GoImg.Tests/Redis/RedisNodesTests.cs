using GoImg.Core.Accounts;
using GoImg.Core.Caching;
using GoImg.Core.Shared;
using GoImg.Infrastructure.LiveUpdates;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Redis;

/// <summary>One site on two nodes that share a Redis.</summary>
public sealed class RedisNodesTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private GoImgApp _here = null!;
    private GoImgApp _there = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _here = await GoImgApp.StartAsync(_server.Setting, GoImgApp.PatientRedis, "Limits:RequestsPerMinute=4");
        _there = await _here.BesideAsync(_server.Setting, GoImgApp.PatientRedis, "Limits:RequestsPerMinute=4");
        foreach (var node in (GoImgApp[])[_here, _there])
            await Eventually.TrueAsync(() => Task.FromResult(node.Services.GetRequiredService<IChangeSignals>().AreHeard));
    }

    public async ValueTask DisposeAsync()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_signed_out_banned_or_promoted_on_one_node_is_so_on_the_other()
    {
        var (ana, bob, cid) = (await _here.SignUpAsync("ana"), await _here.SignUpAsync("bob"), await _here.SignUpAsync("cid"));
        using var anaThere = Elsewhere(ana);
        using var bobThere = Elsewhere(bob);
        using var cidThere = Elsewhere(cid);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(anaThere, "/library"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bobThere, "/library"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(cidThere, "/moderation"));

        await ChangeAsync(services => EndSessionsAsync(services, ana.Id));
        await ChangeAsync(async services => (await MemberAsync(services, bob.Id)).Ban());
        await ChangeAsync(async services => (await MemberAsync(services, cid.Id)).Grant(Role.Moderator));

        await Eventually.GetAsync(() => AskAsync(anaThere, "/library"), status => status == HttpStatusCode.Redirect);
        await Eventually.GetAsync(() => AskAsync(bobThere, "/library"), status => status == HttpStatusCode.Redirect);
        await Eventually.GetAsync(() => AskAsync(cidThere, "/moderation"), status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_limit_is_one_for_both()
    {
        var answers = new List<HttpStatusCode>();
        foreach (var node in (GoImgApp[])[_here, _there, _here, _there, _here, _there])
        {
            using var answer = await node.Anonymous.GetAsync("/api/v1/users/me", Ct);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(4, answers.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(2, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_a_commit_changed_no_node_answers_as_it_was()
    {
        var ana = await _here.SignUpAsync("ana");
        await NameAsync(_there, ana.Id);

        await ChangeAsync(async services => (await MemberAsync(services, ana.Id)).EditProfile("Ana B.", null, TimeProvider.System.GetUtcNow()));

        Assert.Equal("Ana B.", await NameAsync(_here, ana.Id));
        await Eventually.GetAsync(() => NameAsync(_there, ana.Id), name => name == "Ana B.", TimeSpan.FromSeconds(4));
    }

    private static Task<string> NameAsync(GoImgApp node, MemberId id) =>
        node
            .Services.GetRequiredService<IHotReads>()
            .GetAsync(
                $"name:{id}",
                id.Value,
                TimeSpan.FromMinutes(1),
                async token => await node.InScopeAsync<IMembers, string>(async members => (await members.FindAsync(id, token))!.DisplayName),
                Ct
            )
            .AsTask();

    private async Task ChangeAsync(Func<IServiceProvider, Task> change)
    {
        await using var scope = _here.Services.CreateAsyncScope();
        await change(scope.ServiceProvider);
        Assert.True((await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(Ct)).IsSuccess);
    }

    private static Task EndSessionsAsync(IServiceProvider services, MemberId id) =>
        services.GetRequiredService<ISessions>().RevokeAllAsync(id, null, TimeProvider.System.GetUtcNow(), Ct);

    private static async Task<Member> MemberAsync(IServiceProvider services, MemberId id) =>
        (await services.GetRequiredService<IMembers>().FindAsync(id, Ct))!;

    private HttpClient Elsewhere(MemberClient member)
    {
        var cookies = new CookieContainer();
        cookies.Add(member.Cookies);
        return _there.NewClient(cookies);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient who, string page)
    {
        using var answer = await who.GetAsync(page, Ct);
        return answer.StatusCode;
    }
}
