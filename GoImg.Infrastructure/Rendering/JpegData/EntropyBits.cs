using System.Runtime.CompilerServices;

namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>Reads entropy-coded data bit by bit up to the next marker (T.81, B.1.1.5: a zero is stuffed behind each FF). Behind the end come zeros, and
/// <see cref="Count"/> tells how many too many were taken.</summary>
internal ref struct EntropyBits(ReadOnlySpan<byte> file, int position)
{
    /// <summary>At least as many bits are there after <see cref="Fill"/>, if they are in the data: a code of 16 with a value of 15.</summary>
    public const int Most = 32;

    public ReadOnlySpan<byte> File { get; } = file;

    /// <summary>The next bits, highest first.</summary>
    public ulong Bits;

    /// <summary>How many of them are there; below 0 behind the end.</summary>
    public int Count;

    /// <summary>Of the next byte that was not taken in.</summary>
    public int Position = position;

    /// <summary>Behind the byte that the last bit taken lies in.</summary>
    public readonly int End
    {
        get
        {
            var end = Position;
            for (var unread = Count / 8; unread > 0 && end > 0; unread--)
            {
                var isStuffed = end > 1 && File[end - 1] == 0 && File[end - 2] == 0xFF;
                end -= isStuffed ? 2 : 1;
                while (isStuffed && end > 0 && File[end - 1] == 0xFF)
                    end--;
            }

            return end;
        }
    }

    public void Fill()
    {
        if (Count < Most)
            (Bits, Count, Position) = FillByBytes(File, Bits, Count, Position);
    }

    /// <summary>Takes up to 32.</summary>
    public int Take(int count)
    {
        Fill();
        var value = count == 0 ? 0 : (int)(Bits >> (64 - count));
        Skip(count);
        return value;
    }

    /// <summary>Up to 32 of those that are there.</summary>
    public void Skip(int count)
    {
        Bits <<= count;
        Count -= count;
    }

    /// <summary>The symbol of the next code; -1 when there is none such in the table.</summary>
    public int Symbol(HuffmanTable table)
    {
        Fill();
        var (length, symbol) = table.Find(Bits);
        Skip(length);
        return length == 0 ? -1 : symbol;
    }

    /// <summary>Leaves what is left of the interval and steps over the restart marker; false when another comes first.</summary>
    public bool Restart(int number)
    {
        (Bits, Count) = (0, 0);
        var marker = JpegDataCheck.FindMarker(File, Position);
        if (marker < 0 || File[marker] != 0xD0 + number % 8)
            return false;

        Position = marker + 1;
        return true;
    }

    /// <summary>The fields, filled as far as the data go. Apart, so that <see cref="SequentialScan"/> can keep its own in registers.</summary>
    // compiled when first called, as what calls it most is
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (ulong Bits, int Count, int Position) FillByBytes(ReadOnlySpan<byte> file, ulong bits, int count, int position)
    {
        while (count is >= 0 and <= 56 && position < file.Length)
        {
            var value = file[position];
            var next = position + 1;
            if (value == 0xFF)
            {
                // fill bytes may stand before the zero as before a marker
                while (next < file.Length && file[next] == 0xFF)
                    next++;
                if (next >= file.Length || file[next] != 0)
                    break;
                next++;
            }

            bits |= (ulong)value << (56 - count);
            count += 8;
            position = next;
        }

        return (bits, count, position);
    }
}
