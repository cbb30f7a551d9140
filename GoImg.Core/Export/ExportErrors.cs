using GoImg.Core.Shared;

namespace GoImg.Core.Export;

public static class ExportErrors
{
    public sealed record TooMany(int PerDay, DateTimeOffset Next)
        : Error(ErrorKind.TooMany, "export.too_many", ExportErrorTexts.TooMany.With(PerDay, Next));

    public sealed record Expired() : Error(ErrorKind.Conflict, "export.expired", ExportErrorTexts.Expired);

    public sealed record StoreIsDown() : Error(ErrorKind.Unavailable, "export.store_unavailable", ExportErrorTexts.StoreIsDown);
}
