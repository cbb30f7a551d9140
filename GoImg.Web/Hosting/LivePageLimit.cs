using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.SignalR;

namespace GoImg.Web.Hosting;

/// <summary>Bounds the live connections of one member and of one network, by whatever transport they come: no one leaves the others none. A singleton.</summary>
internal sealed class LivePageLimit(NetworkOptions options) : IHubFilter
{
    private readonly Shares _ofMembers = new();
    private readonly Shares _ofNetworks = new();

    private string TooManyOfMember => ShellTexts.LivePagesOfMember.With(options.LivePagesOfMember);

    private string TooManyOfNetwork => ShellTexts.LivePagesOfNetwork.With(options.LivePagesOfNetwork);

    /// <summary>What one more would be refused with; null while there is room.</summary>
    public string? Refuse(HttpContext http)
    {
        var (member, network) = HoldersOf(http);
        return _ofMembers.Held(member) >= options.LivePagesOfMember ? TooManyOfMember
            : _ofNetworks.Held(network) >= options.LivePagesOfNetwork ? TooManyOfNetwork
            : null;
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var http = context.Context.GetHttpContext() ?? throw new InvalidOperationException("Live pages come by HTTP.");
        var (member, network) = HoldersOf(http);
        if (!_ofMembers.TryTake(member, options.LivePagesOfMember))
            throw new HubException(TooManyOfMember);
        if (!_ofNetworks.TryTake(network, options.LivePagesOfNetwork))
        {
            _ofMembers.GiveBack(member);
            throw new HubException(TooManyOfNetwork);
        }

        context.Context.Items[typeof(LivePageLimit)] = (member, network);
        try
        {
            await next(context);
        }
        catch
        {
            // It never was connected, so no one will tell of its end.
            GiveBack(context.Context);
            throw;
        }
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        GiveBack(context.Context);
        return next(context, exception);
    }

    private void GiveBack(HubCallerContext connection)
    {
        if (connection.Items.Remove(typeof(LivePageLimit), out var held) && held is (string member, string network))
        {
            _ofMembers.GiveBack(member);
            _ofNetworks.GiveBack(network);
        }
    }

    private static (string Member, string Network) HoldersOf(HttpContext http)
    {
        var actor = http.GetActor();
        return (actor.MemberId?.ToString() ?? "", actor.Network);
    }
}

internal static class LivePageSetup
{
    public static void AddLivePageLimit(this IServerSideBlazorBuilder pages)
    {
        pages.Services.AddSingleton<LivePageLimit>();
        pages.AddHubOptions(hub => hub.AddFilter<LivePageLimit>());
    }

    /// <summary>Refuses in words, before a connection is made that would be closed.</summary>
    public static void UseLivePageLimit(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (
                    !http.Request.Path.Equals("/_blazor/negotiate", StringComparison.OrdinalIgnoreCase)
                    || http.RequestServices.GetRequiredService<LivePageLimit>().Refuse(http) is not { } words
                )
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = "60";
                http.Response.Headers.CacheControl = "no-store";
                return http.Response.WriteAsync(words, http.RequestAborted);
            }
        );
}
