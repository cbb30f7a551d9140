namespace GoImg.Core.Caching;

/// <summary>Answers that many ask for and that may be a moment old: one asks for all, and nodes share what was answered.</summary>
public interface IHotReads
{
    /// <summary>What <paramref name="read"/> answered to somebody, on any node, within <paramref name="maxAge"/>; never from before a change of
    /// <paramref name="subject"/> that was saved on this node or that this node heard of.</summary>
    /// <param name="key">Names the answer, and has in it all that the answer depends on.</param>
    /// <param name="subject">Id of a member, an image or another thing whose events change the answer; <see cref="Guid.Empty"/> where only age counts.</param>
    /// <param name="read">Gets the token of all who wait.</param>
    ValueTask<T> GetAsync<T>(
        string key,
        Guid subject,
        TimeSpan maxAge,
        Func<CancellationToken, ValueTask<T>> read,
        CancellationToken cancellationToken
    );
}
