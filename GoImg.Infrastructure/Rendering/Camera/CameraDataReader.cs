using System.Globalization;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Camera;

/// <summary>Camera data of a file's EXIF, and of its XMP what EXIF does not say. Numbers that can't be are left out.</summary>
internal static class CameraDataReader
{
    private const int SubDirectory = 0x8769;
    private const int PlaceDirectory = 0x8825;
    private static readonly string[] Dates = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm"];

    public static CameraData Read(MetadataBlocks blocks)
    {
        var exif = OfExif(blocks.Exif);
        var xmp = OfXmp(XmpProperties.Read(blocks.Xmp));
        var hasDate = exif.TakenAt is not null;
        return new CameraData
        {
            Make = exif.Make ?? xmp.Make,
            Model = exif.Model ?? xmp.Model,
            Lens = exif.Lens ?? xmp.Lens,
            TakenAt = exif.TakenAt ?? xmp.TakenAt,
            Details = new CameraDetails
            {
                OffsetMinutes = hasDate ? exif.Details.OffsetMinutes : xmp.Details.OffsetMinutes,
                ExposureSeconds = exif.Details.ExposureSeconds ?? xmp.Details.ExposureSeconds,
                FNumber = exif.Details.FNumber ?? xmp.Details.FNumber,
                Iso = exif.Details.Iso ?? xmp.Details.Iso,
                FocalLengthMm = exif.Details.FocalLengthMm ?? xmp.Details.FocalLengthMm,
                FocalLength35Mm = exif.Details.FocalLength35Mm ?? xmp.Details.FocalLength35Mm,
                Place = exif.Details.Place ?? xmp.Details.Place,
            },
        };
    }

    private static CameraData OfExif(ReadOnlySpan<byte> block)
    {
        if (!ExifDirectory.TryOpen(block, out var first))
            return new CameraData();

        var sub = first.Sub(SubDirectory);
        var place = first.Sub(PlaceDirectory);
        // the moment of the picture, else that of its digitizing
        var (date, zone) = sub.Text(0x9003) is { Length: > 0 } taken ? (taken, sub.Text(0x9011)) : (sub.Text(0x9004), sub.Text(0x9012));
        var (takenAt, offset) = Moment(date, "yyyy:MM:dd HH:mm:ss", zone);
        return new CameraData
        {
            Make = Line(first.Text(0x010F), CameraData.MaxMake),
            Model = Line(first.Text(0x0110), CameraData.MaxModel),
            Lens = Line(sub.Text(0xA434), CameraData.MaxLens),
            TakenAt = takenAt,
            Details = new CameraDetails
            {
                OffsetMinutes = offset,
                ExposureSeconds = Within(sub.Fraction(0x829A), 1e6),
                FNumber = Within(sub.Fraction(0x829D), 1000),
                Iso = (int?)Within(sub.Number(0x8827), 1e7),
                FocalLengthMm = Within(sub.Fraction(0x920A), 100_000),
                FocalLength35Mm = (int?)Within(sub.Number(0xA405), 100_000),
                Place = PlaceOf(
                    Angle(place.Fraction(2), place.Fraction(2, 1), place.Fraction(2, 2), place.Text(1) == "S"),
                    Angle(place.Fraction(4), place.Fraction(4, 1), place.Fraction(4, 2), place.Text(3) == "W"),
                    place.Fraction(6) * (place.Number(5) == 1 ? -1 : 1)
                ),
            },
        };
    }

    private static CameraData OfXmp(Dictionary<string, string> xmp)
    {
        var date = xmp.GetValueOrDefault("exif:DateTimeOriginal") ?? xmp.GetValueOrDefault("photoshop:DateCreated");
        // "2023-07-14T12:00:00+02:00": the zone behind the time, if there is one
        var zoneAt = date?.IndexOfAny(['+', '-', 'Z'], Math.Min(date.Length, 11)) ?? -1;
        DateTimeOffset? takenAt = null;
        int? offset = null;
        foreach (var format in Dates)
            if (takenAt is null)
                (takenAt, offset) = Moment(zoneAt < 0 ? date : date![..zoneAt], format, zoneAt < 0 ? null : date![zoneAt..]);
        return new CameraData
        {
            Make = Line(xmp.GetValueOrDefault("tiff:Make"), CameraData.MaxMake),
            Model = Line(xmp.GetValueOrDefault("tiff:Model"), CameraData.MaxModel),
            Lens = Line(xmp.GetValueOrDefault("exifEX:LensModel") ?? xmp.GetValueOrDefault("aux:Lens"), CameraData.MaxLens),
            TakenAt = takenAt,
            Details = new CameraDetails
            {
                OffsetMinutes = offset,
                ExposureSeconds = Within(Fraction("exif:ExposureTime"), 1e6),
                FNumber = Within(Fraction("exif:FNumber"), 1000),
                Iso = (int?)Within(Fraction("exifEX:PhotographicSensitivity") ?? Fraction("exif:ISOSpeedRatings"), 1e7),
                FocalLengthMm = Within(Fraction("exif:FocalLength"), 100_000),
                FocalLength35Mm = (int?)Within(Fraction("exif:FocalLengthIn35mmFilm"), 100_000),
                Place = PlaceOf(Coordinate("exif:GPSLatitude"), Coordinate("exif:GPSLongitude"), altitude: null),
            },
        };

        double? Fraction(string key)
        {
            if (!xmp.TryGetValue(key, out var text))
                return null;
            var parts = text.Split('/');
            return Number(parts[0]) is not { } above ? null
                : parts.Length == 1 ? above
                : Number(parts[1]) is > 0 and var below ? above / below
                : null;
        }

        // "51,30.5N" or "51,30,15N"
        double? Coordinate(string key)
        {
            if (!xmp.TryGetValue(key, out var text) || text.Length < 2)
                return null;
            var parts = text[..^1].Split(',');
            return Angle(
                Number(parts[0]),
                parts.Length > 1 ? Number(parts[1]) : null,
                parts.Length > 2 ? Number(parts[2]) : null,
                text[^1] is 'S' or 'W'
            );
        }
    }

    private static (DateTimeOffset? At, int? OffsetMinutes) Moment(string? text, string format, string? zone)
    {
        if (!DateTime.TryParseExact(text?.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) || clock.Year < 1800)
            return (null, null);

        int? offset = zone?.Trim() switch
        {
            "Z" => 0,
            [('+' or '-') and var sign, .. var time]
                when TimeSpan.TryParseExact(time, @"hh\:mm", CultureInfo.InvariantCulture, out var span) && span.Hours <= 14 => (int)span.TotalMinutes
                * (sign == '-' ? -1 : 1),
            _ => null,
        };
        return (new DateTimeOffset(clock.AddMinutes(-(offset ?? 0)), TimeSpan.Zero), offset);
    }

    private static double? Angle(double? degrees, double? minutes, double? seconds, bool isNegative) =>
        degrees is null ? null : (degrees + (minutes ?? 0) / 60 + (seconds ?? 0) / 3600) * (isNegative ? -1 : 1);

    private static CameraPlace? PlaceOf(double? latitude, double? longitude, double? altitude) =>
        // where cameras that know no place say they are
        latitude is >= -90 and <= 90
        && longitude is >= -180 and <= 180
        && (latitude, longitude) is not (0, 0)
            ? new CameraPlace(latitude.Value, longitude.Value, altitude is > -12_000 and < 100_000 ? altitude : null)
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static double? Within(double? value, double limit) => value > 0 && value <= limit ? value : null;

    private static string? Line(string? text, int maxLength)
    {
        var line = Text.Line(text).Trim();
        return line.Length == 0 ? null : line[..Math.Min(line.Length, maxLength)];
    }
}
