using System.Globalization;
using GoImg.Tests.Harness;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace GoImg.Tests.Harness;

/// <summary>One real Chromium for the whole run, started by the first test that asks; each test opens windows of its own, which share nothing.
/// xunit makes one instance and disposes it after the last test; until then the browser is reached statically.</summary>
public sealed class Browser : IAsyncDisposable
{
    // Beside other tests on a small machine; only what fails waits so long.
    private const int PatienceMilliseconds = 30_000;

    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Chromium)>> Started = new(StartAsync);

    /// <summary>A desktop window, or a phone's with touch.</summary>
    /// <param name="density">Dots of the screen for each CSS pixel.</param>
    public static Task<BrowserPage> OpenAsync(GoImgApp app, bool isPhone = false, bool hasScript = true, float density = 1) =>
        OpenAsync(app.Address, isPhone, hasScript, density);

    private static async Task<BrowserPage> OpenAsync(Uri address, bool isPhone, bool hasScript, float density = 1)
    {
        var (_, chromium) = await Started.Value;
        var context = await chromium.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
                DeviceScaleFactor = density,
                HasTouch = isPhone,
                IsMobile = isPhone,
                JavaScriptEnabled = hasScript,
                ReducedMotion = ReducedMotion.Reduce,
                Locale = "en-GB",
            }
        );
        context.SetDefaultTimeout(PatienceMilliseconds);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    /// <summary>What the browser sees in a picture: four bytes a pixel, red, green, blue, alpha. A decoder that shares no code with ours.</summary>
    public static async Task<Pixels> DecodeAsync(byte[] picture, string mediaType)
    {
        var (_, chromium) = await Started.Value;
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var seen = await page.EvaluateAsync<string>(
            """
            async ([bytes, type]) => {
              const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], { type }));
              const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
              drawing.drawImage(bitmap, 0, 0);
              const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
              let text = "";
              for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
              return `${bitmap.width},${bitmap.height},${btoa(text)}`;
            }
            """,
            new[] { Convert.ToBase64String(picture), mediaType }
        );
        return seen.Split(',') is [var width, var height, var data]
            ? new Pixels(
                int.Parse(width, CultureInfo.InvariantCulture),
                int.Parse(height, CultureInfo.InvariantCulture),
                Convert.FromBase64String(data)
            )
            : throw new InvalidOperationException("The browser answered something else.");
    }

    /// <summary>A browser window in which the member is signed in already: it has the session that signing up gave them.</summary>
    /// <param name="at">Another node than the one they signed up at.</param>
    public static async Task<BrowserPage> OpenAsync(MemberClient member, bool isPhone = false, bool hasScript = true, Uri? at = null)
    {
        var window = await OpenAsync(at ?? member.App.Address, isPhone, hasScript);
        await window.Page.Context.AddCookiesAsync(
            member.Cookies.Select(cookie => new Microsoft.Playwright.Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Url = member.App.Address.ToString(),
                HttpOnly = cookie.HttpOnly,
                Secure = cookie.Secure,
            })
        );
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated)
            return;
        var (playwright, chromium) = await Started.Value;
        await chromium.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
            throw new InvalidOperationException($"There is no browser at {path}. Install Debian's chromium, or set CHROMIUM to the path of one.");

        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                // No sandbox: CI containers run as root. The browser sees only pages of the test's own application.
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                ],
            }
        );
        return (playwright, chromium);
    }
}
