namespace GoImg.EmbeddedPostgres;

/// <summary>Holds a directory for this process alone; the kernel lets go of it (flock) however the process ends.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    public static ClusterLock Take(string directory)
    {
        var path = Path.Combine(directory, "lock");
        try
        {
            return new ClusterLock(
                new FileStream(
                    path,
                    new FileStreamOptions
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            );
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new EmbeddedPostgresException(
                $"Another GoImg is running on {directory}. Stop it first, or give this one a Data:Path of its own; "
                    + "to run several on one database, set ConnectionStrings:GoImg.",
                e
            );
        }
    }

    // The file stays: deleting it would let two processes lock two files of one name.
    public void Dispose() => _file.Dispose();
}
