using System.Globalization;
using System.Security.Cryptography;

namespace GoImg.Tests.Harness;

/// <summary>Where tests choose at random, they choose by the run's seed, which <c>./test</c> prints: <c>GOIMG_TEST_SEED=n ./test</c> chooses the same again.</summary>
internal sealed class Seed
{
    private static readonly int OfThisRun = int.TryParse(
        Environment.GetEnvironmentVariable("GOIMG_TEST_SEED"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var given
    )
        ? given
        : RandomNumberGenerator.GetInt32(1_000_000);

    private readonly Lock _drawing = new();
    private readonly Noise _noise;

    /// <summary>A stream of choices of its own, so that what other tests draw changes nothing here.</summary>
    /// <param name="of">What is chosen; the same name gives the same choices in one run.</param>
    public Seed(string of)
    {
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(of));
        _noise = new Noise(BitConverter.ToUInt64(hash) ^ (ulong)OfThisRun);
        TestContext.Current.TestOutputHelper?.WriteLine($"Chosen by GOIMG_TEST_SEED={OfThisRun}: {of}.");
    }

    /// <summary>From <paramref name="from"/> to one below <paramref name="below"/>; safe on many threads.</summary>
    public int Next(int from, int below)
    {
        lock (_drawing)
            return from + _noise.Next(below - from);
    }
}
