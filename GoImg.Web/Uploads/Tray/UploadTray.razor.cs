using GoImg.Core.Images;
using GoImg.Core.LiveUpdates;
using GoImg.Core.Shared;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GoImg.Web.Uploads.Tray;

/// <summary>Merges what the browser reports of its files with what the database says of the images they became.</summary>
public sealed partial class UploadTray(ScopedCall scopedCall, ActorAccessor actors, ILiveUpdates liveUpdates, TimeProvider clock, IJSRuntime js)
    : ComponentBase,
        IAsyncDisposable
{
    // More rows than this, and only the visible ones are drawn.
    private const int DrawnWhole = 30;

    // As long as there are few, each row's own reason is enough.
    private const int ReasonsInView = 4;

    // As many as the library acts on at once.
    private const int MostSelected = 100;

    // Long enough to read that all went well.
    private static readonly TimeSpan BeforeClosing = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    // The change bus is best effort: while something is on its way the states are read now and then anyway.
    private static readonly TimeSpan ReadAnyway = TimeSpan.FromSeconds(5);

    // A screen reader is told of the whole at most this often, however many files come through.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly TrayRows _rows = new();
    private TraySettings _settings = new("private", "", "", Titles: true);
    private DotNetObjectReference<UploadTray>? _self;
    private IJSObjectReference? _queue;
    private IDisposable? _subscription;
    private ITimer? _reading;
    private ITimer? _polling;
    private ITimer? _closing;
    private int _isReadingDue;
    private bool _isCollapsed;
    private bool _showsReady;
    private string _announced = "";
    private DateTimeOffset _announcedAt;

    private TrayActions Actions =>
        field ??= new(
            RetitleAsync,
            RetryAsync,
            RestoreAsync,
            row => CancelAsync([row]),
            row => DismissAsync([row]),
            row => TellQueueAsync("pause", [row]),
            row => TellQueueAsync("resume", [row])
        );

    private IReadOnlyList<TrayRow> Shown => _rows.Shown(_showsReady);

    private string Headline =>
        this switch
        {
            { _rows.IsPaused: true } => UploadTexts.HeadPaused.With(_rows.Remaining),
            { _rows.IsOffline: true } => UploadTexts.HeadOffline.With(_rows.Remaining),
            { _rows.IsSending: true } => UploadTexts.HeadUploading.With(_rows.Remaining),
            { _rows.IsProcessing: true } => UploadTexts.HeadRendering.With(_rows.Remaining),
            { _rows.Lost: > 0 } => UploadTexts.HeadLost.With(_rows.Lost),
            { _rows.Problems: > 0 } => UploadTexts.HeadProblems.With(_rows.Problems),
            { _rows.Duplicates: > 0, _rows.Done: 0 } => UploadTexts.NothingNew,
            _ => UploadTexts.HeadDone.With(_rows.Done),
        };

    private string Counts =>
        _rows.Remaining > 0
            ? UploadTexts.Remaining.With(_rows.Remaining, _rows.Done, _rows.Count)
            : string.Join(
                " · ",
                new (int Files, string Words)[]
                {
                    (_rows.Done, UploadTexts.CountReady),
                    (_rows.Duplicates, UploadTexts.CountDuplicates),
                    (_rows.Problems, UploadTexts.CountFailed),
                    (_rows.Lost, UploadTexts.CountLost),
                }
                    .Where(n => n.Files > 0)
                    .Select(n => n.Words.With(n.Files))
            );

    /// <summary>Those that may go well another time.</summary>
    private List<TrayRow> Failed => _rows.All.Where(r => r.Phase is TrayPhase.Failed or TrayPhase.Interrupted).ToList();

    private string Ready => string.Join(',', _rows.All.Where(r => r.Phase == TrayPhase.Ready).Take(MostSelected).Select(r => r.ImageId));

    /// <summary>Called by the browser: files that changed since the last call.</summary>
    [JSInvokable]
    public async Task Report(RowReport[] reports)
    {
        foreach (var report in reports)
            _rows.Apply(report);
        foreach (var report in reports)
        {
            if (report is { Retitled: true, Title: { } title, ImageId: { } id })
                await TellAsync(await scopedCall.RunAsync<RetitleImage, Result>((s, actor) => s.RunAsync(actor, id, title, CancellationToken.None)));
        }

        if (_rows.ToRead().Count > 0)
            ReadSoon();
        Redraw();
    }

    protected override async Task OnInitializedAsync()
    {
        if ((await actors.GetAsync()).MemberId is not { } me)
            return;

        _reading = clock.CreateTimer(_ => _ = InvokeAsync(ReadAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _closing = clock.CreateTimer(
            _ => _ = InvokeAsync(() => _settings.Closes && _rows.AllWentWell ? CloseAsync() : Task.CompletedTask),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _polling = clock.CreateTimer(_ => _ = InvokeAsync(() => _rows.IsProcessing ? ReadAsync() : Task.CompletedTask), null, ReadAnyway, ReadAnyway);
        _subscription = liveUpdates.Subscribe(me, OnChanged);
        var unfinished = await scopedCall.RunAsync<IImageProgress, IReadOnlyList<ImageProgress>>(
            (s, actor) => s.UnfinishedAsync(actor, TrayRows.MaxRows, CancellationToken.None)
        );
        foreach (var image in unfinished)
            _rows.Apply(image);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _self = DotNetObjectReference.Create(this);
        _queue = await js.InvokeAsync<IJSObjectReference>("import", "./js/upload/queue.js");
        _settings = await _queue.InvokeAsync<TraySettings?>("attach", _self) ?? _settings;
        // Loaded again when all was over: the next page needs no tray, unless the browser knows of a file.
        if (_rows.Count == 0)
            await _queue.InvokeVoidAsync("close");
        StateHasChanged();
    }

    // On a pool thread, perhaps many times a second: the first arms the timer, the rest are covered by it.
    private void OnChanged(LiveUpdate update)
    {
        if (_rows.Has(new ImageId(update.Id)))
            ReadSoon();
    }

    private void ReadSoon()
    {
        if (Interlocked.Exchange(ref _isReadingDue, 1) == 0)
            _reading?.Change(Coalesce, Timeout.InfiniteTimeSpan);
    }

    private async Task ReadAsync()
    {
        Interlocked.Exchange(ref _isReadingDue, 0);
        var asked = _rows.ToRead();
        if (asked.Count == 0)
            return;

        _rows.Apply(
            asked,
            await scopedCall.RunAsync<IImageProgress, IReadOnlyList<ImageProgress>>((s, actor) => s.OfAsync(actor, asked, CancellationToken.None))
        );
        Redraw();
    }

    private async Task RetitleAsync(TrayRow row, string title)
    {
        row.Title = title;
        if (row.Key is { } key && _queue is not null)
            await _queue.InvokeVoidAsync("retitle", key, title);
        if (row.ImageId is { } id)
            await TellAsync(await scopedCall.RunAsync<RetitleImage, Result>((s, actor) => s.RunAsync(actor, id, title, CancellationToken.None)));
    }

    private async Task RetryAsync(TrayRow row)
    {
        if (row is { Phase: TrayPhase.Failed, ImageId: { } id })
        {
            await TellAsync(await scopedCall.RunAsync<ImageService, Result>((s, actor) => s.RetryAsync(actor, id, CancellationToken.None)));
            row.Phase = TrayPhase.Received;
            ReadSoon();
        }
        else if (row.Key is { } key && _queue is not null)
        {
            await _queue.InvokeVoidAsync("retry", new[] { key });
        }

        Redraw();
    }

    private async Task RetryFailedAsync()
    {
        foreach (var row in Failed)
            await RetryAsync(row);
    }

    private Task PauseOrResumeAllAsync() => TellQueueAsync(_rows.IsPaused ? "resume" : "pause", _rows.All.Where(r => r.Phase.IsInBrowser()).ToList());

    private async Task TellQueueAsync(string what, IReadOnlyList<TrayRow> rows)
    {
        if (_queue is not null)
            await _queue.InvokeVoidAsync(what, rows.Select(r => r.Key).OfType<int>());
    }

    private async Task RestoreAsync(TrayRow row)
    {
        var restored = await scopedCall.RunAsync<BulkEdit, Result<BulkOutcome>>(
            (s, actor) => s.RestoreAsync(actor, [row.ImageId!.Value], CancellationToken.None)
        );
        if (restored.Error is { } error || (error = restored.Value.Refused.Select(r => r.Why).FirstOrDefault()) is not null)
            await SayAsync(ErrorText.Of(error));
        else
            row.Phase = TrayPhase.Duplicate;
        Redraw();
    }

    private async Task CancelAsync(IReadOnlyList<TrayRow> rows)
    {
        await TellQueueAsync("cancel", rows);
        foreach (var row in rows)
            _rows.Remove(row);
        Redraw();
    }

    private Task CancelAllAsync() => CancelAsync(_rows.All.Where(r => r.Phase.IsInBrowser()).ToList());

    /// <summary>Their bytes at the server go too.</summary>
    private Task ForgetLostAsync() => CancelAsync(_rows.All.Where(r => r.Phase == TrayPhase.Lost).ToList());

    private async Task DismissAsync(IReadOnlyList<TrayRow> rows)
    {
        await TellQueueAsync("forget", rows);
        foreach (var row in rows)
            _rows.Remove(row);
        Redraw();
    }

    private Task DismissAllAsync() => DismissAsync(_rows.All.Where(r => r.Phase.NeedsAttention() && r.Phase != TrayPhase.Lost).ToList());

    private async Task CloseAsync()
    {
        await DismissAsync([.. _rows.All]);
        if (_queue is not null)
            await _queue.InvokeVoidAsync("close");
    }

    private async Task ConfigureAsync(TraySettings settings)
    {
        _settings = settings;
        if (_queue is not null)
            await _queue.InvokeVoidAsync("configure", settings);
        Redraw();
    }

    private async Task TellAsync(Result result)
    {
        if (result.Error is { } error)
            await SayAsync(ErrorText.Of(error));
    }

    private ValueTask SayAsync(string text) => _queue?.InvokeVoidAsync("say", text) ?? ValueTask.CompletedTask;

    private void Redraw()
    {
        if (_settings.Closes && _rows.AllWentWell)
            _closing?.Change(BeforeClosing, Timeout.InfiniteTimeSpan);
        var now = clock.GetUtcNow();
        if (_rows.Remaining == 0 || now - _announcedAt >= Quiet)
        {
            _announced = _rows.Count == 0 ? "" : UploadTexts.Announcement.With(Headline, Counts);
            _announcedAt = now;
        }

        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await (_reading?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_closing?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_polling?.DisposeAsync() ?? ValueTask.CompletedTask);
        try
        {
            if (_queue is not null)
            {
                await _queue.InvokeVoidAsync("detach");
                await _queue.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab is closed: there is no one left to tell.
        }

        _self?.Dispose();
    }
}
