using System.Globalization;

namespace GoImg.Web.Ui;

/// <summary>"3.4 MiB": powers of 1,024, one decimal where it tells something.</summary>
internal static class ByteSize
{
    public static string Say(long bytes) =>
        bytes switch
        {
            < 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0} KiB"),
            < 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.##} GiB"),
        };
}
