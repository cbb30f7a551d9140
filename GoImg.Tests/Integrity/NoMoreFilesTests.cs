using System.Net.Sockets;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A process that may open no more files and connections (EMFILE). The runtime needs one for each thread it starts, and ends where it
/// gets none, so it must not come to that; what GoImg itself opens is answered with the error here, and the runtime's own calls are not.</summary>
[Trait("Duration", "long")]
public sealed class NoMoreFilesTests
{
    [Fact]
    public async Task While_nothing_can_be_opened_an_upload_is_refused_in_words_and_all_is_well_afterwards()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: false, losesDatabaseToo: true);

        await using (await SystemCalls.FailAsync(server.Process, "openat,socket", "EMFILE", "1+"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.UploadAsync());
            await server.LoseDatabaseConnectionsAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.UploadAsync());
        }

        await server.RecoverAsync();
        await server.AssertNothingIsLostAsync("files ran out");
    }

    [Fact]
    public async Task Whoever_opens_more_connections_than_the_process_may_have_files_takes_none_from_the_others()
    {
        const int files = 900;
        using var server = await FaultyServer.StartAsync(onOneThread: false, files: files);
        await server.RecoverAsync();
        var sockets = new List<TcpClient>();

        for (var i = 0; i < files; i++)
        {
            // From a network of its own; beyond the share of one the server hangs up at once.
            sockets.Add(new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0)));
            try
            {
                await sockets[^1].ConnectAsync(IPAddress.Loopback, server.Process.Address.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException hungUp) when (hungUp.SocketErrorCode == SocketError.ConnectionReset) { }
        }

        // Whoever is connected goes on.
        await server.RecoverAsync();
        Assert.InRange(Directory.GetFileSystemEntries($"/proc/{server.Process.Id}/fd").Length, 0, files * 2 / 3);
        sockets.ForEach(socket => socket.Dispose());
        await server.AssertNothingIsLostAsync("many came");
    }
}
