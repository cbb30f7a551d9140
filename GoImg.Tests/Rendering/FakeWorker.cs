using GoImg.Infrastructure.Rendering;
using GoImg.Infrastructure.Rendering.Protocol;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Rendering;

/// <summary>A render process that greets properly, then does what a shell script says, until it is cured; from then on it is the real one.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly TempDirectory _directory = new();

    /// <param name="misbehaviour">Shell commands after the greeting. <c>$dir</c> is its own directory, <c>answer</c> a file in it, and a command that sends it with the ticket that
    /// <c>take</c> took from the request; <c>touch $dir/cured</c> cures it.</param>
    /// <param name="answer">What a liar answers.</param>
    public FakeWorker(string misbehaviour, byte[]? answer = null)
    {
        var real = RenderLaunch.For(SandboxProfile.None, new RenderOptions(), DecoderKind.Bundled);
        File.WriteAllBytes(_directory["greeting"], new WorkerHandshake("", "0.0.0", "", []).ToBytes());
        File.WriteAllBytes(_directory["answer"], answer ?? []);
        File.WriteAllText(
            _directory["worker.sh"],
            $$"""
            dir={{_directory.Path}}
            [ -e $dir/cured ] && exec {{string.Join(' ', real.ArgumentList)}}
            take() { head -c 4 >/dev/null; head -c 8 >$dir/ticket; }
            answer() { head -c 4 $dir/answer; cat $dir/ticket; tail -c +13 $dir/answer; }
            cat $dir/greeting
            {{misbehaviour}}
            """
        );
    }

    /// <summary>What <c>$dir</c> is in its script.</summary>
    public string Path => _directory.Path;

    public RenderOptions Options =>
        new()
        {
            WorkerCommand = ["/bin/sh", _directory["worker.sh"]],
            TimeLimitSeconds = 3,
            AnimationTimeLimitSeconds = 3,
        };

    public void Cure() => File.WriteAllText(_directory["cured"], "");

    /// <summary>From now on it misbehaves again.</summary>
    public void Relapse() => File.Delete(_directory["cured"]);

    /// <summary>A file for the script to read.</summary>
    public void Write(string name, byte[] content) => File.WriteAllBytes(_directory[name], content);

    /// <summary>A file the script wrote.</summary>
    public string Read(string name) => File.ReadAllText(_directory[name]).Trim();

    public void Dispose() => _directory.Dispose();

    /// <summary>An answer as a render process sends it, whatever is in the parts.</summary>
    public static byte[] Answer(params byte[][] parts)
    {
        using var output = new MemoryStream();
        RenderResponse.Rendered(0, 0, parts).Write(output);
        return output.ToArray();
    }
}
