using NetVips;

namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>Calls an operation of libvips by its name, with its options as text: so one call fits every libvips from 8.14 on. NetVips' methods for
/// each operation are made for the newest, and older ones refuse the options they send.</summary>
internal static class VipsCall
{
    /// <summary>For its image, which the caller disposes; pixels may still be computed later, when they are asked for.</summary>
    /// <param name="options">Choices, switches and numbers, as in <c>size=force,no-rotate=true</c>.</param>
    /// <param name="image">What it works on; null for what makes an image of something else.</param>
    /// <param name="inputs">What else the operation can't do without, in its order.</param>
    public static Image ToImage(string operation, string options, Image? image, params object[] inputs) =>
        (Image)Call(operation, options, image, inputs);

    /// <summary>For its bytes.</summary>
    public static byte[] ToBytes(string operation, string options, Image image) => (byte[])Call(operation, options, image, []);

    private static object Call(string operation, string options, Image? image, object[] inputs) =>
        Operation.Call(operation, options.Length == 0 ? null : new VOption { { "string_options", options } }, image, inputs);
}
