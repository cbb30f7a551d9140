namespace GoImg.Demo.Pictures;

/// <summary>Repeatable chance: the same seed throws the same numbers on every machine (SplitMix64, Steele et al. 2014).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Hash.Mix(_state) >> 40) / (float)(1 << 24);
    }

    public float Between(float low, float high) => low + ((high - low) * Next());

    /// <summary>From 0 up to, not including, <paramref name="count"/>.</summary>
    public int Below(int count) => Math.Min(count - 1, (int)(Next() * count));

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public bool Chance(float of) => Next() < of;
}

internal static class Hash
{
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>0 to 1, one number for each cell of an endless grid.</summary>
    public static float At(int x, int y, int seed)
    {
        var h = unchecked((uint)((x * 374761393) + (y * 668265263) + (seed * 974634599)));
        h = (h ^ (h >> 13)) * 1274126177;
        h ^= h >> 16;
        return (h & 0xFFFFFF) / (float)0x1000000;
    }
}
