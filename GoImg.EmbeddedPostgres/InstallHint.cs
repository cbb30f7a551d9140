namespace GoImg.EmbeddedPostgres;

/// <summary>The command that installs the server on this machine.</summary>
internal static class InstallHint
{
    public static string Text => $"Install them with: {Sudo}{InstallCommand}";

    private static string Sudo => Environment.IsPrivilegedProcess || OperatingSystem.IsMacOS() ? "" : "sudo ";

    private static string InstallCommand =>
        OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : File.Exists("/usr/bin/apt-get") ? "apt-get install --no-install-recommends postgresql"
        : File.Exists("/usr/bin/dnf") ? "dnf install postgresql-server postgresql-contrib"
        : File.Exists("/sbin/apk") ? "apk add postgresql"
        : "your system's package manager (the package is named postgresql or postgresql-server)";
}
