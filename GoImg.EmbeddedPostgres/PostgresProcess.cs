using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace GoImg.EmbeddedPostgres;

/// <summary>One running postmaster, our child but in a session of its own: Ctrl-C in a terminal reaches every process of the
/// session, and the order of stopping is ours to decide.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private const int MaxWords = 40;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _firstWords = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openPipes = 2;

    private PostgresProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        // WaitForExitAsync would also wait for the log writer, which lives on for a moment with our pipe in its hand
        _process.Exited += (_, _) => _exited.TrySetResult();
        // read so that the pipe never fills; kept to say why a start failed
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Task Exited => _exited.Task;

    public int ProcessId { get; private set; }

    /// <summary>What it said before it began to write its log.</summary>
    public string FirstWords => string.Join(' ', _firstWords);

    public static PostgresProcess Launch(PostgresPrograms programs, ClusterDirectory directory, IEnumerable<string> arguments)
    {
        string[] ownSession = OperatingSystem.IsMacOS() ? ["/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127"] : ["setsid"];
        var start = Command.Describe(ownSession[0], [.. ownSession[1..], programs.Server, .. arguments], directory.Account);
        var server = new PostgresProcess(start);
        try
        {
            server._process.Start();
        }
        catch (Win32Exception e)
        {
            server.Dispose();
            throw new EmbeddedPostgresException(
                $"{start.FileName} cannot be started as {directory.Account ?? Environment.UserName}: {e.Message}.",
                e
            );
        }

        server.ProcessId = server._process.Id;
        server._process.StandardInput.Close();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the server answers, however long its recovery takes.</summary>
    public async Task WaitUntilReadyAsync(string connectionString, CancellationToken cancellationToken)
    {
        while (!Exited.IsCompleted)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.CannotConnectNow)
            {
                // it answers; that this role or database is not there yet is the caller's matter
                return;
            }
            catch (NpgsqlException)
            {
                await Task.WhenAny(Exited, Task.Delay(TimeSpan.FromMilliseconds(15), cancellationToken));
            }
        }

        // Its last words may still be on their way; the log writer may hold the pipes for longer than they take.
        await Task.WhenAny(_silent.Task, Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        throw new EmbeddedPostgresException($"PostgreSQL stopped while starting. It said: {FirstWords}");
    }

    /// <summary>Ends sessions and writes everything out; past the time-out it is cut off and recovers at its next start.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        (int Signal, TimeSpan Patience)[] steps =
        [
            (ServerProcesses.FastShutdown, timeout),
            (ServerProcesses.ImmediateShutdown, TimeSpan.FromSeconds(5)),
            (ServerProcesses.Kill, TimeSpan.FromSeconds(5)),
        ];
        foreach (var (signal, patience) in steps)
        {
            if (Exited.IsCompleted)
                return;
            ServerProcesses.Signal(ProcessId, signal);
            await Task.WhenAny(Exited, Task.Delay(patience));
        }
    }

    public void Dispose() => _process.Dispose();

    private void Keep(string? line)
    {
        // No line is the end of a pipe.
        if (line is null && Interlocked.Decrement(ref _openPipes) == 0)
            _silent.TrySetResult();
        if (!string.IsNullOrWhiteSpace(line) && _firstWords.Count < MaxWords)
            _firstWords.Enqueue(line);
    }
}
