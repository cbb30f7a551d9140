using GoImg.Core.Rendering;
using GoImg.Infrastructure.Rendering.Containers;
using GoImg.Infrastructure.Rendering.JpegData;

namespace GoImg.Infrastructure.Rendering.Cleaning;

/// <summary>The segments a decoder needs, and the codes of each scan to their last bit (ITU-T T.81, annex B).</summary>
internal static class JpegCopy
{
    private const int JfifBytes = 12;
    private const int AdobeBytes = 12;

    /// <summary>False when the codes can't be followed: then nobody knows where the picture ends and something else begins.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> file, ImageHeader header, Stream target)
    {
        var walk = JpegDataCheck.Walk(file, toCompletion: header.EndsAt is not null);
        if (walk.Fault != JpegFault.None || walk.Scans.Count == 0)
            return false;

        target.Write([0xFF, 0xD8]);
        var (position, scan, hasOrientation, hasJfif) = (2, 0, header.Orientation == ExifOrientation.Upright, false);
        while (scan < walk.Scans.Count || header.EndsAt is null)
        {
            var at = JpegDataCheck.FindMarker(file, position);
            if (at < 0 || file[at] == 0xD9)
                break;

            var marker = file[at];
            position = at + 1;
            if (marker is 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7))
                continue;

            var segment = file.Slice(position + 2, (file[position] << 8 | file[position + 1]) - 2);
            position += 2 + segment.Length;
            var isJfif = marker == 0xE0 && segment.Length >= JfifBytes && segment.StartsWith("JFIF\0"u8);
            // JFIF has to come first
            if (!hasOrientation && !isJfif)
            {
                Write(target, 0xE1, [.. "Exif\0\0"u8, .. OrientationExif.Of(header.Orientation)]);
                hasOrientation = true;
            }

            switch (marker)
            {
                case 0xDA:
                    Write(target, marker, segment);
                    target.Write(file[walk.Scans[scan]]);
                    position = walk.Scans[scan].End.Value;
                    scan++;
                    break;
                case 0xC0 or 0xC1 or 0xC2 or 0xC4 or 0xDB or 0xDD:
                    Write(target, marker, segment);
                    break;
                case 0xE0 when isJfif && !hasJfif:
                    // the last two bytes are the size of its thumbnail
                    Write(target, marker, [.. segment[..JfifBytes], 0, 0]);
                    hasJfif = true;
                    break;
                case 0xE2 when segment.StartsWith("ICC_PROFILE\0"u8):
                    Write(target, marker, segment);
                    break;
                case 0xEE when segment.Length >= AdobeBytes && segment.StartsWith("Adobe"u8):
                    Write(target, marker, segment[..AdobeBytes]);
                    break;
            }
        }

        target.Write([0xFF, 0xD9]);
        return scan == walk.Scans.Count;
    }

    private static void Write(Stream target, byte marker, ReadOnlySpan<byte> segment)
    {
        var length = segment.Length + 2;
        target.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        target.Write(segment);
    }
}
