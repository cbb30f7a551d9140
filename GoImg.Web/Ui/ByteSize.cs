using GoImg.Core.Shared;

namespace GoImg.Web.Ui;

/// <summary>"3.4 MiB": powers of 1,024, one decimal where it tells something.</summary>
internal static class ByteSize
{
    public static string Say(long bytes) =>
        bytes switch
        {
            < 1L << 10 => UiTexts.Bytes.With(bytes),
            < 1L << 20 => UiTexts.Kibibytes.With(bytes / 1024d),
            < 1L << 30 => UiTexts.Mebibytes.With(bytes / (double)(1L << 20)),
            _ => UiTexts.Gibibytes.With(bytes / (double)(1L << 30)),
        };
}
