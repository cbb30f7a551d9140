using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Walks a JPEG's segments and scans up to its end mark (ITU-T T.81, annex B). What follows the end mark is not looked
/// at: phones put previews, depth maps and whole films there.</summary>
internal static class JpegReader
{
    // Application segments are copied, never inflated, and portrait modes put megabytes of depth map into them.
    private const long MaxApplicationBytes = 16 << 20;

    // Real files have about ten. Every further scan walks all pixels once more.
    private const int MaxScans = 100;

    /// <param name="brokenEnd">What is wrong behind the first scan, before an end mark came. Whether the picture is whole all the same only its data tell (<see cref="JpegData.JpegEnd"/>).</param>
    public static ImageHeader Read(ContainerReader reader, out FileRefusedException? brokenEnd)
    {
        brokenEnd = null;
        var state = new JpegState();
        try
        {
            Walk(reader, state);
        }
        catch (FileRefusedException refused)
            when (state is { Header: not null, Scans: > 0 and <= MaxScans } && refused.Error is ImageFileErrors.Damaged)
        {
            brokenEnd = refused;
        }

        return state.Header! with
        {
            Orientation = Math.Max(state.Orientation, ExifOrientation.Upright),
            HasColorProfile = state.HasProfile,
        };
    }

    private static void Walk(ContainerReader reader, JpegState state)
    {
        var budget = new AncillaryBudget(MaxApplicationBytes);
        reader.Skip(2);
        while (true)
        {
            var marker = ReadMarker(reader);
            if (marker == 0xD9 && state.Scans > 0)
                return;

            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
                continue;

            var length = reader.ReadUInt16() - 2;
            if (marker is 0xD8 or 0xD9 || length < 0)
                throw FileRefusedException.Damaged(FileFaultTexts.JpegSegmentsDoNotFollowOneAnother);

            var end = reader.Position + length;
            if (end > reader.Length)
                throw FileRefusedException.Damaged(FileFaultTexts.EndsWithinAJpegSegment);

            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    if (state.Header is not null || length < 6)
                        throw FileRefusedException.Damaged(FileFaultTexts.JpegFrameHeaderIsWrong);
                    state.Header = ReadFrame(reader, marker);
                    break;
                case 0xDA:
                    if (state.Header is null || ++state.Scans > MaxScans)
                        throw FileRefusedException.Damaged(
                            state.Header is null ? FileFaultTexts.JpegScanBeforeItsFrameHeader : FileFaultTexts.TooManyJpegScans.With(MaxScans)
                        );
                    reader.SeekTo(end);
                    continue;
                case 0xE1:
                    budget.Spend(length);
                    state.Orientation = state.Orientation == 0 ? ReadOrientation(reader, length) : state.Orientation;
                    break;
                case 0xE2:
                    budget.Spend(length);
                    state.HasProfile |= StartsWith(reader, length, "ICC_PROFILE\0"u8);
                    break;
                case >= 0xE0 and <= 0xEF or 0xFE:
                    budget.Spend(length);
                    break;
                case not (0xC4 or 0xCC or 0xDB or 0xDC or 0xDD):
                    throw FileRefusedException.Damaged(FileFaultTexts.JpegSegmentOfAnUnknownKind);
            }

            reader.SeekTo(end);
        }
    }

    /// <summary>Whether there are no segments before the picture but what JFIF and Adobe need for decoding.</summary>
    public static bool IsBare(ContainerReader reader)
    {
        reader.Skip(2);
        while (true)
        {
            var marker = ReadMarker(reader);
            if (marker == 0xDA)
                return true;
            if (marker is (>= 0xE1 and <= 0xED) or 0xEF or 0xFE)
                return false;

            reader.Skip(Math.Max(0, reader.ReadUInt16() - 2));
        }
    }

    /// <summary>The next marker's code; steps over entropy-coded data, stuffed zeros and fill bytes on the way.</summary>
    private static byte ReadMarker(ContainerReader reader)
    {
        while (true)
        {
            reader.SkipPast(0xFF);
            var code = reader.ReadByte();
            while (code == 0xFF)
                code = reader.ReadByte();

            if (code != 0x00)
                return code;
        }
    }

    private static ImageHeader ReadFrame(ContainerReader reader, byte marker)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
            throw FileRefusedException.Unsupported(FileFaultTexts.LosslessJpeg);

        var (precision, height, width, components) = (reader.ReadByte(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadByte());
        if (precision != 8)
            throw FileRefusedException.Unsupported(FileFaultTexts.JpegBits.With(precision));
        if (width == 0 || height == 0 || components is 0 or > 4)
            throw FileRefusedException.Damaged(FileFaultTexts.JpegFrameHeaderIsWrong);

        return new ImageHeader(ImageFormat.Jpeg, width, height, 1, ExifOrientation.Upright, false) { IsProgressive = marker is 0xC2 or 0xCA };
    }

    private static int ReadOrientation(ContainerReader reader, int length)
    {
        if (!StartsWith(reader, length, "Exif\0\0"u8))
            return 0;

        return ExifOrientation.Read(reader, length - 6);
    }

    private static bool StartsWith(ContainerReader reader, int length, ReadOnlySpan<byte> name)
    {
        if (length < name.Length)
            return false;

        Span<byte> start = stackalloc byte[16];
        start = start[..name.Length];
        reader.ReadExactly(start);
        return start.SequenceEqual(name);
    }

    private sealed class JpegState
    {
        public ImageHeader? Header { get; set; }

        public int Orientation { get; set; }

        public bool HasProfile { get; set; }

        public int Scans { get; set; }
    }
}
