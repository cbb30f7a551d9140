namespace GoImg.Tests.Browser;

/// <summary>Every page there is, for the tests that walk them all, and for the screenshots. <see cref="SitePagesTests"/> finds a new page that is not here.</summary>
internal static class SitePages
{
    public static readonly string[] Visitor =
    [
        "/",
        "/explore",
        "/i/{image}",
        "/u/ana",
        "/u/ana/albums",
        "/a/{album}",
        "/t/sea",
        "/search",
        "/search?q=test",
        "/search?q=nothing+of+that+name",
        "/sign-in",
        "/register",
        "/about",
        "/about/limits",
        "/i/0000000000000000",
    ];

    public static readonly string[] Member =
    [
        "/",
        "/i/{image}",
        "/i/{image}/edit",
        "/upload",
        "/library",
        "/trash",
        "/albums/new",
        "/a/{album}",
        "/a/{album}/edit",
        "/a/{album}/arrange",
        "/account",
        "/account/tokens",
        "/account/apps",
        "/account/export",
        "/account/decisions",
        "/u/ana",
    ];

    public static readonly string[] Staff =
    [
        "/moderation",
        "/moderation/decisions",
        "/moderation/members",
        "/moderation/members/ana",
        "/moderation/members/ana/ban",
        "/moderation/audit",
        "/moderation/jobs",
        "/moderation/system",
        "/report/{image}",
        "/report/album/{album}",
        "/report/member/ana",
        "/report/comment/{comment}",
        "/moderation?about=image:{image-id}",
        "/moderation?about=comment:{comment}",
        "/moderation?about=album:{album-id}",
        "/moderation?about=member:{member}",
        "/i/{image}",
    ];

    /// <summary>What one comes to by a link that was spent, in place of another page, before something is deleted, or as a developer.</summary>
    public static readonly string[] Seldom =
    [
        "/setup/spent",
        "/status/404",
        "/not-found",
        "/error",
        "/i/{image}/downloading",
        "/a/{album}/downloading",
        "/trash/delete?ids={image-id}",
        "/moderation/jobs/confirm?kind=images.render&action=retry",
        "/dev/ui",
    ];

    public static IEnumerable<string> All => Visitor.Concat(Member).Concat(Staff).Concat(Seldom).Distinct();
}
