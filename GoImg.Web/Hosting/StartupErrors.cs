using System.Net.Sockets;
using GoImg.Core.Storage;
using GoImg.EmbeddedPostgres;
using GoImg.Infrastructure.Backup;
using GoImg.Infrastructure.Configuration;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.Security;

namespace GoImg.Web.Hosting;

/// <summary>Why GoImg or a command does not start, in words for the operator.</summary>
internal static class StartupErrors
{
    /// <summary>Null for what no one foresaw, which is thrown on with its stack.</summary>
    public static string? Explain(Exception refused) =>
        refused switch
        {
            BadSettingException
            or EmbeddedPostgresException
            or SchemaIsNewerException
            or UnreadableKeysException
            or BackupException
            or ObjectStoreUnavailableException => refused.Message,
            System.Data.Common.DbException database => $"The database that ConnectionStrings:GoImg names refuses: {database.Message}",
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } taken => taken.Message,
            SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } socket =>
                $"GoImg can't listen on that address: {socket.Message}",
            _ => null,
        };
}
