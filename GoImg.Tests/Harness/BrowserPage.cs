using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace GoImg.Tests.Harness;

/// <summary>A window that fails its test for what a visitor should never meet: errors in the console, breaches of the content security policy, answers of 500 and up.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private static readonly BundledAxeScriptProvider Axe = new();

    private readonly IBrowserContext _context;
    private ICDPSession? _network;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly List<Regex> _expected =
    [
        // Chromium's own word when a page is left while its view transition begins.
        new("Transition was (aborted|skipped)", RegexOptions.None, TimeSpan.FromSeconds(1)),
    ];

    internal BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        // A breach of the content security policy is a console error as well.
        page.Console += (_, message) => Note(message.Type == "error", $"{page.Url}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"{page.Url}: {error}");
        page.Response += (_, answer) => Note(answer.Status >= 500, $"{answer.Status} {answer.Request.Method} {answer.Url}");
    }

    public IPage Page { get; }

    /// <summary>A fault that belongs to the story, such as the browser's complaint about a refused upload.</summary>
    public void Expect(string pattern) => _expected.Add(new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    public async Task<IResponse?> GoAsync(string path) => await Page.GotoAsync(path);

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Through the sign-in page, as a person would.</summary>
    public async Task SignInAsync(MemberClient member)
    {
        await GoAsync("/sign-in?returnUrl=%2Flibrary");
        await Page.GetByLabel("Username or email").FillAsync(member.Username);
        await Page.GetByLabel("Password").FillAsync(MemberClient.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/library$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>No serious or critical finding of axe, in light and in dark. In dark only the rules that look at colours run: all else is the same page.</summary>
    public async Task AssertAccessibleAsync()
    {
        // Deque's package for Playwright opens a second page for every answer, for the sake of frames; our pages have none.
        await Page.EvaluateAsync(Axe.GetScript());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var found = await Page.EvaluateAsync<string[]>(
                """
                async isDark => {
                  // Colours that pass from one theme to the other are of neither.
                  await new Promise(requestAnimationFrame);
                  await Promise.all(document.getAnimations().map(animation => animation.finished));
                  const { violations } = await axe.run({ resultTypes: ["violations"], ...isDark && { runOnly: ["color-contrast", "link-in-text-block"] } });
                  return violations.filter(v => v.impact === "serious" || v.impact === "critical")
                    .map(v => [`${v.impact} ${v.id}: ${v.help}`, ...v.nodes.slice(0, 5).map(n => n.html)].join("\n  "));
                }
                """,
                scheme == ColorScheme.Dark
            );
            Assert.True(found.Length == 0, $"{scheme}: {string.Join('\n', found)}");
        }
    }

    /// <summary>What axe finds, of any impact, with all menus open, and then with each dialog before the page.</summary>
    public async Task<string[]> OpenedFaultsAsync()
    {
        await Page.EvaluateAsync(Axe.GetScript());
        return await Page.EvaluateAsync<string[]>(
            """
            async () => {
              const faults = new Set();
              const look = async (what, where) => {
                await Promise.all(document.getAnimations().map(animation => animation.finished));
                const { violations } = await axe.run(where, { resultTypes: ["violations"] });
                for (const v of violations) faults.add(`${what}: ${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(" | ")}`);
              };
              document.querySelectorAll("details").forEach(details => details.open = true);
              document.querySelectorAll("[popover]").forEach(popover => popover.showPopover());
              await look("opened", document);
              document.querySelectorAll("[popover]").forEach(popover => popover.hidePopover());
              for (const dialog of document.querySelectorAll("dialog:not(.viewer)")) {
                dialog.showModal();
                await look(dialog.id, dialog);
                dialog.close();
              }
              return [...faults];
            }
            """
        );
    }

    /// <summary>Drops files on the window, as a hand would.</summary>
    public Task DropAsync(params (string Name, byte[] Bytes)[] files) =>
        Page.EvaluateAsync(
            """
            files => {
              const carried = new DataTransfer();
              for (const file of files) carried.items.add(new File([Uint8Array.from(atob(file.bytes), c => c.charCodeAt(0))], file.name));
              for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
            }
            """,
            files.Select(file => new { name = file.Name, bytes = Convert.ToBase64String(file.Bytes) }).ToArray()
        );

    /// <summary>Makes sending as slow as on the road; -1 makes it fast again.</summary>
    public Task SlowDownAsync(int bytesPerSecond) => EmulateNetworkAsync(isOffline: false, bytesPerSecond);

    /// <summary>Until <see cref="SlowDownAsync"/> says otherwise.</summary>
    public Task GoOfflineAsync() => EmulateNetworkAsync(isOffline: true, bytesPerSecond: -1);

    private async Task EmulateNetworkAsync(bool isOffline, int bytesPerSecond)
    {
        _network ??= await _context.NewCDPSessionAsync(Page);
        await _network.SendAsync("Network.enable");
        await _network.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = isOffline,
                ["latency"] = 0,
                ["downloadThroughput"] = -1,
                ["uploadThroughput"] = bytesPerSecond,
            }
        );
    }

    /// <summary>Closes the tab and opens another in the same browser.</summary>
    public async Task<IPage> ReopenAsync()
    {
        await Page.CloseAsync();
        return await _context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        var faults = _faults.Where(fault => !_expected.Exists(e => e.IsMatch(fault))).ToList();
        Assert.True(faults.Count == 0, "The browser complained:\n" + string.Join('\n', faults));
    }

    private void Note(bool isFault, string what)
    {
        if (isFault)
            _faults.Enqueue(what);
    }
}
