using System.CommandLine;
using GoImg.Core.Storage;
using GoImg.Infrastructure.Storage;
using GoImg.Web.Hosting;

namespace GoImg.Web.Commands;

/// <summary>Moves a site's objects from one kind of store to another.</summary>
internal static class StorageCommand
{
    private const int AtOnce = 4;
    private const int ObjectsBetweenLines = 1000;

    public static Command Create(CommandConsole console)
    {
        var from = Kind("--from", "the store that has them");
        var to = Kind("--to", "the store that gets them");
        var copy = new Command(
            "copy",
            "Copies all objects that are not there yet and reads each back; exits with 1 when one could not be copied. Can be stopped, run again, and run while the site is up."
        )
        {
            from,
            to,
        };
        copy.TreatUnmatchedTokensAsErrors = false;
        copy.SetAction((line, cancellationToken) => CopyAsync(line.GetValue(from)!, line.GetValue(to)!, line.Settings(), console, cancellationToken));
        return new Command("storage", "Looks after where originals and renditions are kept.") { copy };
    }

    private static Option<string> Kind(string name, string description)
    {
        var option = new Option<string>(name) { Description = $"{description}: {string.Join(" or ", ConfiguredStores.Kinds)}", Required = true };
        option.AcceptOnlyFromAmong([.. ConfiguredStores.Kinds]);
        return option;
    }

    private static async Task<int> CopyAsync(string from, string to, string[] settings, CommandConsole console, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            await console.Error.WriteLineAsync("goimg storage copy takes two stores that differ.");
            return GoImgCommands.Misused;
        }

        var stores = new ConfiguredStores(GoImgHost.CreateBuilder(settings).Configuration, TimeProvider.System);
        var source = await stores.OpenAsync(from, mustExist: true, cancellationToken);
        using var sourceLife = source as IDisposable;
        var target = await stores.OpenAsync(to, mustExist: false, cancellationToken);
        using var targetLife = target as IDisposable;

        var tally = new Tally(console.Out, console.Error);
        await new CopyObjects(source, target).RunAsync(AtOnce, tally.Note, cancellationToken);
        await console.Out.WriteLineAsync(tally.ToString());
        if (tally.Failed == 0)
            await console.Out.WriteLineAsync(
                $"What the site stores from now on is not there yet: stop it, copy once more, and start it with Storage:Kind={to}."
            );
        return tally.Failed == 0 ? GoImgCommands.Done : GoImgCommands.Failed;
    }

    private sealed class Tally(TextWriter @out, TextWriter error)
    {
        private long _copied;
        private long _bytes;
        private long _already;
        private long _gone;

        public long Failed { get; private set; }

        public void Note(ObjectKey key, CopyOutcome outcome)
        {
            switch (outcome)
            {
                case CopyOutcome.Copied copied:
                    _copied++;
                    _bytes += copied.LengthBytes;
                    break;
                case CopyOutcome.AlreadyThere:
                    _already++;
                    break;
                case CopyOutcome.Gone:
                    _gone++;
                    break;
                case CopyOutcome.Failed failed:
                    Failed++;
                    error.WriteLine($"{key}  {WordsOf(failed)}");
                    break;
            }

            if ((_copied + _already) % ObjectsBetweenLines == 0)
                @out.WriteLine(ToString());
        }

        private static string WordsOf(CopyOutcome.Failed failed) =>
            failed.Why switch
            {
                CopyFailure.SourceIsDamaged => "is damaged: its bytes are not those that were stored.",
                CopyFailure.CopyDiffers => "was read back differently, and the copy removed.",
                _ => failed.Detail,
            };

        public override string ToString() =>
            $"{_copied} objects with {_bytes} bytes copied and read back, {_already} were there, {_gone} were deleted meanwhile, {Failed} failed.";
    }
}
