using GoImg.Core.Images;

namespace GoImg.Web.Uploads.Tray;

/// <summary>All rows of a tray. What the browser reports and what the database says are merged here; the database wins once an image exists.</summary>
internal sealed class TrayRows
{
    /// <summary>A browser could report files without end; the rows live in the server's memory.</summary>
    public const int MaxRows = 5000;

    private readonly List<TrayRow> _rows = [];
    private readonly Dictionary<int, TrayRow> _byKey = [];

    // A report that was under way when its row was removed must not bring it back.
    private readonly HashSet<int> _gone = [];

    // Equal files are one image: it may have several rows, of which all but one say so.
    private readonly Dictionary<ImageId, List<TrayRow>> _byImage = [];

    public int Count => _rows.Count;

    public IReadOnlyList<TrayRow> All => _rows;

    public int Done => _rows.Count(r => r.Phase == TrayPhase.Ready);

    public int Problems => _rows.Count(r => r.Phase.IsProblem());

    public int Duplicates => _rows.Count(r => r.Phase is TrayPhase.Duplicate or TrayPhase.DuplicateInTrash);

    /// <summary>Uploads of a tab that is no more.</summary>
    public int Lost => _rows.Count(r => r.Phase == TrayPhase.Lost);

    /// <summary>Nothing moves until somebody says so.</summary>
    public bool IsPaused => IsSending && _rows.TrueForAll(r => !r.Phase.IsInBrowser() || r.Phase == TrayPhase.Paused);

    /// <summary>Something would be sent if anybody answered.</summary>
    public bool IsOffline => _rows.Exists(r => r.Phase == TrayPhase.Offline) && !_rows.Exists(r => r.Phase == TrayPhase.Sending);

    public bool AllWentWell => _rows.Count > 0 && _rows.TrueForAll(r => r.Phase == TrayPhase.Ready);

    /// <summary>Why files were not taken, the commonest reason first; only when several share one.</summary>
    public IReadOnlyList<(string Reason, int Files)> Reasons() =>
        [
            .. _rows
                .Where(r => r is { Reason: not null, Phase: var phase } && phase.IsProblem())
                .GroupBy(r => r.Reason!, StringComparer.Ordinal)
                .Select(g => (g.Key, g.Count()))
                .Where(g => g.Item2 > 1)
                .OrderByDescending(g => g.Item2),
        ];

    /// <summary>Neither ready nor waiting for a person.</summary>
    public int Remaining => _rows.Count(r => r.Phase < TrayPhase.Ready);

    public bool IsSending => _rows.Exists(r => r.Phase.IsInBrowser());

    public bool IsProcessing => _rows.Exists(r => r.Phase.IsOnServer());

    /// <summary>0 to 100: of the bytes this tab has to send; once they are all there, of the images that are to be processed. What was refused does not count.</summary>
    public int Percent =>
        IsSending ? Share(_rows.Where(Counts).Sum(r => r.SentBytes), _rows.Where(Counts).Sum(r => r.SizeBytes)) : Share(Done, Done + Remaining);

    /// <summary>What is going on first come, first shown; what is ready only when asked for.</summary>
    public IReadOnlyList<TrayRow> Shown(bool withReady) => withReady ? _rows : _rows.FindAll(r => r.Phase != TrayPhase.Ready);

    /// <summary>Images whose state may be other than what is shown, and those nothing is known of yet.</summary>
    public IReadOnlyCollection<ImageId> ToRead() =>
        _rows.Where(r => r.ImageId is not null && (r.Phase.IsOnServer() || r.Slug.Length == 0)).Select(r => r.ImageId!.Value).ToHashSet();

    public bool Has(ImageId id) => _byImage.ContainsKey(id);

    /// <summary>What the browser says of a file.</summary>
    public void Apply(RowReport report)
    {
        if (_gone.Contains(report.Key))
            return;
        if (!_byKey.TryGetValue(report.Key, out var row))
        {
            if (_rows.Count >= MaxRows)
                return;
            row = new TrayRow
            {
                Key = report.Key,
                Name = Cut(report.Name),
                Title = Cut(report.Title),
                SizeBytes = Math.Max(0, report.Bytes),
            };
            _rows.Add(row);
            _byKey.Add(report.Key, row);
        }

        row.SentBytes = Math.Clamp(report.Sent, 0, row.SizeBytes);
        // Once the server has the bytes it knows better.
        if (row.ImageId is not null)
            return;

        row.Phase = report.PhaseOfRow;
        row.Reason = report.Reason is { Length: > 0 } reason ? Cut(reason, 1000) : null;
        if (report.ImageId is not { } id)
            return;

        // A tray that starts late may have met the image in the database first.
        foreach (var met in RowsOf(id).Where(r => r.Key is null))
            Remove(met);
        Bind(row, id);
    }

    /// <summary>What the database says of an image; one that was on its way before this page was loaded gets a row.</summary>
    public void Apply(ImageProgress progress)
    {
        if (!_byImage.ContainsKey(progress.Id) && progress.State == ImageState.Processing && _rows.Count < MaxRows)
        {
            var row = new TrayRow
            {
                Name = progress.FileName,
                SizeBytes = progress.SizeBytes,
                SentBytes = progress.SizeBytes,
            };
            _rows.Add(row);
            Bind(row, progress.Id);
        }

        foreach (var row in RowsOf(progress.Id))
            Show(row, progress);
    }

    /// <summary>The answer to a question for <paramref name="asked"/>: what is not in it is no more.</summary>
    public void Apply(IReadOnlyCollection<ImageId> asked, IReadOnlyList<ImageProgress> answer)
    {
        foreach (var progress in answer)
            Apply(progress);
        foreach (var row in asked.Except(answer.Select(a => a.Id)).SelectMany(RowsOf))
            Remove(row);
    }

    public void Remove(TrayRow row)
    {
        _rows.Remove(row);
        if (row.Key is { } key)
        {
            _byKey.Remove(key);
            _gone.Add(key);
        }

        if (row.ImageId is { } id && _byImage.TryGetValue(id, out var rows) && rows.Remove(row) && rows.Count == 0)
            _byImage.Remove(id);
    }

    private void Show(TrayRow row, ImageProgress progress)
    {
        row.Slug = progress.Slug;
        row.RenditionSet = progress.RenditionSet;
        if (row.Phase is TrayPhase.Duplicate or TrayPhase.DuplicateInTrash)
            return;

        row.Title = progress.Title;
        row.Phase = PhaseOf(progress);
        row.Reason = progress.Reason;
        if (progress.State == ImageState.Deleted)
            Remove(row);
    }

    private void Bind(TrayRow row, ImageId id)
    {
        row.ImageId = id;
        if (!_byImage.TryGetValue(id, out var rows))
            _byImage.Add(id, rows = []);
        rows.Add(row);
    }

    // A copy: a row may be removed while they are gone through.
    private TrayRow[] RowsOf(ImageId id) => _byImage.TryGetValue(id, out var rows) ? [.. rows] : [];

    private static bool Counts(TrayRow row) => row.Key is not null && row.Phase is not (TrayPhase.Refused or TrayPhase.Interrupted);

    private static int Share(long part, long whole) => whole > 0 ? (int)(100 * part / whole) : 100;

    private static TrayPhase PhaseOf(ImageProgress progress) =>
        (progress.State, progress.Stage) switch
        {
            (ImageState.Processing, ImageStage.WaitingForScanner) => TrayPhase.WaitingForScanner,
            (ImageState.Processing, ImageStage.Scanning) => TrayPhase.Scanning,
            (ImageState.Processing, ImageStage.Rendering or ImageStage.Ready) => TrayPhase.Rendering,
            (ImageState.Processing, _) => TrayPhase.Received,
            (ImageState.Failed, _) => TrayPhase.Failed,
            (ImageState.Quarantined, _) => TrayPhase.Quarantined,
            _ => TrayPhase.Ready,
        };

    private static string Cut(string? text, int max = 255) =>
        text is null ? ""
        : text.Length <= max ? text
        : text[..max];
}
