namespace GoImg.Core.Images;

/// <summary>Files on the internet. Nothing is fetched from where only this server can go: its own machine, its network, its provider's services.</summary>
public interface IRemoteFiles
{
    /// <summary>Whether the site fetches at all.</summary>
    bool IsOn { get; }

    /// <summary>How long one file may take, from the look-up of its name to its last byte.</summary>
    TimeSpan TimeLimit { get; }

    /// <summary>The file an address leads to; null when it can't be had, for whatever reason. The caller disposes it.</summary>
    Task<RemoteFile?> OpenAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>A file that is being fetched. Reading it throws <see cref="RemoteFileException"/> when the other side fails.</summary>
/// <param name="Content">Disposing it ends the connection.</param>
/// <param name="DeclaredBytes">What the other side says it has; null when it does not say.</param>
/// <param name="Name">The last part of its address; may be empty.</param>
public sealed record RemoteFile(Stream Content, long? DeclaredBytes, string Name) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>The rest of the file can't be had.</summary>
public sealed class RemoteFileException(Exception why) : Exception("The file could not be fetched to its end.", why);
