using System.Globalization;
using GoImg.Core.Shared;

namespace GoImg.Core.Export;

public static class ExportErrors
{
    public sealed record TooMany(int PerDay, DateTimeOffset Next)
        : Error(
            ErrorKind.TooMany,
            "export.too_many",
            string.Create(
                CultureInfo.InvariantCulture,
                $"There are {PerDay} exports a day, and yours are used up. The next one is possible on {Next:yyyy-MM-dd} at {Next:HH:mm} UTC; the ones you have can be downloaded again."
            )
        );

    public sealed record Expired() : Error(ErrorKind.Conflict, "export.expired", "This export is older than a day. Ask for a new one.");

    public sealed record StoreIsDown()
        : Error(
            ErrorKind.Unavailable,
            "export.store_unavailable",
            "The image store can't be reached right now, so the originals could not be in the zip. Try again in a few minutes; this did not use up an export."
        );
}
