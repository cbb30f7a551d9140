using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Takes everything but the picture out of a WebP. libvips 8.14.1 ignores <c>strip</c> when it saves one, and later
/// versions still write an EXIF chunk with the resolution.</summary>
internal static class WebPMetadata
{
    private const int HeaderBytes = 12;

    // flags of VP8X, RFC 9649, 2.7.1
    private const byte HasAnimation = 0x02;
    private const byte HasAlpha = 0x10;

    private static readonly FourCC[] Picture = ["VP8X"u8, "VP8 "u8, "VP8L"u8, "ALPH"u8, "ANIM"u8, "ANMF"u8];

    public static bool IsPicture(FourCC name) => Picture.Contains(name);

    /// <summary>The same picture in a file of nothing else. The input is a WebP of our own encoder.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> webp)
    {
        var result = new byte[webp.Length];
        webp[..HeaderBytes].CopyTo(result);
        var written = HeaderBytes;
        for (var at = HeaderBytes; at + 8 <= webp.Length; )
        {
            FourCC name = webp.Slice(at, 4);
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(webp[(at + 4)..]);
            var whole = Math.Min(8 + length + (length & 1), webp.Length - at);
            if (IsPicture(name))
            {
                webp.Slice(at, whole).CopyTo(result.AsSpan(written));
                if (name == "VP8X"u8)
                    result[written + 8] &= HasAnimation | HasAlpha;
                written += whole;
            }

            at += whole;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), (uint)(written - 8));
        return result[..written];
    }
}
