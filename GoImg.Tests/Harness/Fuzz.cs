using System.Globalization;

namespace GoImg.Tests.Harness;

/// <summary>How many changed files the readers are shown: some in every suite, and as many times that as <c>GOIMG_TEST_FUZZ</c> says for a long night.</summary>
public static class Fuzz
{
    /// <summary>1, or how many times as much.</summary>
    public static int Times { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("GOIMG_TEST_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Math.Max(1, times)
            : 1;

    public static bool IsLong => Times > 1;
}
