namespace GoImg.Core.Shared;

/// <summary>"3.4 MiB": powers of 1,024, with the decimals that tell something.</summary>
public static class ByteSize
{
    public static string Say(long bytes) => Say(bytes, moreDigits: 0);

    /// <summary>All of them with as many decimals as tell those apart that differ: "1.04 of 1.05 MiB", never "1 of 1".</summary>
    public static string[] SayApart(params ReadOnlySpan<long> bytes) => Amount.SayApart(Say, bytes);

    /// <summary>How each unit is written, for the pages' scripts, which say sizes as <see cref="Say(long)"/> does.</summary>
    public static (string Bytes, string Kibibytes, string Mebibytes, string Gibibytes) Patterns =>
        (AmountTexts.Bytes, AmountTexts.Kibibytes, AmountTexts.Mebibytes, AmountTexts.Gibibytes);

    private static string Say(long bytes, int moreDigits) =>
        bytes switch
        {
            < 1L << 10 => AmountTexts.Bytes.With(bytes),
            < 1L << 20 => AmountTexts.Kibibytes.With(Amount.Say(bytes / 1024d, moreDigits)),
            < 1L << 30 => AmountTexts.Mebibytes.With(Amount.Say(bytes / (double)(1L << 20), 1 + moreDigits)),
            _ => AmountTexts.Gibibytes.With(Amount.Say(bytes / (double)(1L << 30), 2 + moreDigits)),
        };
}
