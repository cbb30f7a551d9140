namespace GoImg.EmbeddedPostgres;

/// <summary>Keeps the newest of the server's log files; it begins a new one every 10 MB and at each start.</summary>
internal static class ServerLogs
{
    private const int Kept = 5;

    public static void Trim(string directory)
    {
        // their names carry the time, so they sort by age
        foreach (var old in Directory.GetFiles(directory, "postgres-*.log").OrderDescending(StringComparer.Ordinal).Skip(Kept))
            File.Delete(old);
    }
}
