namespace GoImg.EmbeddedPostgres;

/// <summary>Chooses the account that runs the server: PostgreSQL refuses root, and so should we.</summary>
internal static class ServerAccount
{
    /// <summary>The account's name, or null when GoImg is not root and the server runs as GoImg itself.</summary>
    public static async Task<string?> ChooseAsync(string? configured, string cluster, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return configured is null || configured == Environment.UserName
                ? null
                : throw new EmbeddedPostgresException(
                    $"Database:RunAs is {configured}, but only root can run the server as somebody else. Remove it, or start GoImg as {configured}."
                );
        }

        if (configured is not null)
        {
            return await UserIdAsync(configured, cancellationToken) switch
            {
                null => throw new EmbeddedPostgresException(
                    $"Database:RunAs is {configured}, but there is no such account. Create it, or remove the setting."
                ),
                "0" => throw new EmbeddedPostgresException(
                    $"Database:RunAs is {configured}, which is root. PostgreSQL does not run as root: name an ordinary account."
                ),
                _ => configured,
            };
        }

        // A cluster made without root stays its maker's, so that both ways of starting go on working.
        if (await OwnerAsync(cluster, cancellationToken) is { } owner && await UserIdAsync(owner, cancellationToken) is not (null or "0"))
            return owner;
        foreach (var name in (string[])["postgres", "goimg"])
        {
            if (await UserIdAsync(name, cancellationToken) is not (null or "0"))
                return name;
        }

        var made = await Command.RunAsync(
            "useradd",
            ["--system", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin", "goimg"],
            user: null,
            cancellationToken
        );
        return made.Succeeded
            ? "goimg"
            : throw new EmbeddedPostgresException(
                $"GoImg runs as root, PostgreSQL must not, and the account goimg could not be created ({made.Errors}). Create an account and name it in Database:RunAs."
            );
    }

    /// <summary>The owner's name; null when the path is not there.</summary>
    public static async Task<string?> OwnerAsync(string path, CancellationToken cancellationToken)
    {
        if (!Path.Exists(path))
            return null;
        var answer = await Command.RunAsync("stat", ["-c", "%U", path], user: null, cancellationToken);
        return answer.Succeeded ? answer.Output : null;
    }

    private static async Task<string?> UserIdAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync("id", ["-u", "--", name], user: null, cancellationToken);
        return answer.Succeeded ? answer.Output : null;
    }
}
