namespace GoImg.Web.Hosting;

/// <summary>How many of one thing each network or member has at once. Safe on many threads; who has none takes no memory.</summary>
internal sealed class Shares
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);

    public int Held(string who)
    {
        lock (_changing)
            return _held.GetValueOrDefault(who);
    }

    /// <summary>Takes one more unless <paramref name="who"/> has <paramref name="most"/>; each that was taken is given back once.</summary>
    public bool TryTake(string who, int most)
    {
        lock (_changing)
        {
            var held = _held.GetValueOrDefault(who);
            if (held >= most)
                return false;
            _held[who] = held + 1;
            return true;
        }
    }

    public void GiveBack(string who)
    {
        lock (_changing)
        {
            if (--_held[who] == 0)
                _held.Remove(who);
        }
    }
}
