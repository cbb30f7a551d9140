using GoImg.Core.Storage;
using GoImg.DurableFiles;

namespace GoImg.Infrastructure.Storage;

/// <summary>Where an object's file is or is to be: an open directory and a name in it.</summary>
internal sealed class ObjectLocation : IDisposable
{
    private readonly DirectoryHandle? _parent;
    private readonly string[] _parts;

    private ObjectLocation(DirectoryHandle? parent, DirectoryHandle directory, string[] parts) =>
        (_parent, Directory, _parts) = (parent, directory, parts);

    public DirectoryHandle Directory { get; }

    public string Name => _parts[^1];

    /// <summary>Null when a directory on the way is not there, and so neither is the object.</summary>
    public static ObjectLocation? Find(LocalStoreRoot root, ObjectKey key) => Walk(root, key, (directory, name) => directory.Enter(name));

    public static ObjectLocation Make(LocalStoreRoot root, ObjectKey key) =>
        Walk(root, key, (directory, name) => directory.EnterOrMake(name))
        ?? throw new InvalidOperationException("Directories that are made are there.");

    /// <summary>Removes an image's own directory with its last rendition. Shards stay: they are few and needed again.</summary>
    public void RemoveIfEmpty()
    {
        if (_parts.Length > 3)
            _parent?.RemoveEmpty(_parts[^2]);
    }

    public void Dispose()
    {
        Directory.Dispose();
        _parent?.Dispose();
    }

    private static ObjectLocation? Walk(LocalStoreRoot root, ObjectKey key, Func<DirectoryHandle, string, DirectoryHandle?> step)
    {
        var parts = key.Value.Split('/');
        DirectoryHandle? parent = null;
        var directory = root.Open();
        try
        {
            foreach (var part in parts.AsSpan(0, parts.Length - 1))
            {
                parent?.Dispose();
                parent = directory;
                if (step(parent, part) is not { } next)
                {
                    parent.Dispose();
                    return null;
                }

                directory = next;
            }

            return new ObjectLocation(parent, directory, parts);
        }
        catch
        {
            directory.Dispose();
            parent?.Dispose();
            throw;
        }
    }
}
