using System.Buffers.Binary;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>A chunk's or box's name of four characters.</summary>
internal readonly record struct FourCC(uint Value)
{
    public static implicit operator FourCC(ReadOnlySpan<byte> name) => new(BinaryPrimitives.ReadUInt32BigEndian(name));
}
