namespace GoImg.Core.Search;

/// <summary>How many letters are wrong, missing, too many, or swapped with their neighbour: what typing errors are made of.</summary>
public static class EditDistance
{
    /// <summary>Optimal string alignment: no part is changed twice.</summary>
    public static int Between(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        for (var j = 1; j <= b.Length; j++)
        {
            var wrong = a[i - 1] == b[j - 1] ? 0 : 1;
            var least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + wrong);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = Math.Min(least, distance[i - 2, j - 2] + 1);
            distance[i, j] = least;
        }

        return distance[a.Length, b.Length];
    }
}
