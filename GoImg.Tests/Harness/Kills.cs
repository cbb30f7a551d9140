using System.Globalization;

namespace GoImg.Tests.Harness;

/// <summary>How hard the fault tests hit: once in every suite, and as often as <c>GOIMG_TEST_KILLS</c> says for a long night.</summary>
public static class Kills
{
    /// <summary>1, or how many times as much.</summary>
    public static int Times { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("GOIMG_TEST_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Math.Max(1, times)
            : 1;

    public static bool AreMany => Times > 1;
}
