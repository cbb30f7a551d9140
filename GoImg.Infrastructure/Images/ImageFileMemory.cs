using System.Collections.Concurrent;
using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Infrastructure.Caching;
using GoImg.Infrastructure.Database;
using GoImg.Infrastructure.LiveUpdates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Images;

/// <summary>Each answer carries the number of the last change that was known when its question was put. It holds until a later change strikes its image or
/// owner, so not even a question that is under way at a commit is answered to whoever asks after it. However many ask at once, one asks the database.</summary>
internal sealed class ImageFileMemory : IImageFiles, IDisposable
{
    // A change that nobody told this node of (it came past the aggregates, or the connection for notifications was away) is seen after this.
    private static readonly TimeSpan OldestAnswer = TimeSpan.FromSeconds(2);
    private const int MostAnswers = 10_000;

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly NumberedChanges _changes = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private int _count;

    public ImageFileMemory(IServiceScopeFactory scopes, IChangeSignals signals, TimeProvider time)
    {
        (_scopes, _time) = (scopes, time);
        _subscription = signals.Subscribe(Hear);
    }

    public ValueTask<ImageFile?> FindAsync(Actor actor, string slug, CancellationToken cancellationToken) =>
        Slug.IsWellFormed(slug) ? FindAsync(actor, slug, () => i => i.Slug == slug, cancellationToken) : ValueTask.FromResult<ImageFile?>(null);

    public ValueTask<ImageFile?> FindAsync(Actor actor, ImageId id, CancellationToken cancellationToken) =>
        FindAsync(actor, id.ToString(), () => i => i.Id == id, cancellationToken);

    public void Forget(ImageId image) => _changes.Note(image.Value);

    public void Forget(MemberId owner) => _changes.Note(owner.Value);

    public void ForgetAll() => _changes.NoteAll();

    public void Dispose() => _subscription.Dispose();

    // The question is put together when it is asked: building an expression takes longer than answering from memory.
    private async ValueTask<ImageFile?> FindAsync(
        Actor actor,
        string key,
        Func<Expression<Func<Image, bool>>> which,
        CancellationToken cancellationToken
    )
    {
        var facts = Remembered(key) ?? await AskAsync(key, which).WaitAsync(cancellationToken);
        return facts is not null && ImageAccess.CanOpen(actor, facts) ? ImageFile.Of(actor, facts) : null;
    }

    private ImageFileFacts? Remembered(string key) =>
        _answers.TryGetValue(key, out var answer)
        && answer.Known is { } facts
        && _time.GetElapsedTime(answer.AskedAt) < OldestAnswer
        && _changes.NoneSince(answer.Change, facts.Id.Value)
        && _changes.NoneSince(answer.Change, facts.OwnerId.Value)
            ? facts
            : null;

    /// <summary>Joins a question that is under way when nothing at all changed since it was put.</summary>
    private Task<ImageFileFacts?> AskAsync(string key, Func<Expression<Func<Image, bool>>> which)
    {
        var change = _changes.Last;
        if (_answers.TryGetValue(key, out var pending) && IsJoinable(pending))
            return pending.Facts;

        if (Interlocked.Increment(ref _count) > MostAnswers)
        {
            Interlocked.Exchange(ref _count, 0);
            _answers.Clear();
        }

        // Put when it is first looked at: of two that come at the same moment, both look at the one that was kept.
        var mine = new Answer(change, _time.GetTimestamp(), () => ReadAsync(which()));
        return _answers.AddOrUpdate(key, mine, (_, theirs) => IsJoinable(theirs) ? theirs : mine).Facts;

        bool IsJoinable(Answer answer) => answer.Change == change && !answer.Facts.IsCompleted;
    }

    // Not the asker's token: others wait for the same answer.
    private async Task<ImageFileFacts?> ReadAsync(Expression<Func<Image, bool>> which)
    {
        await using var scope = _scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<GoImgDbContext>()
            .Images.AsNoTracking()
            .Where(which)
            .Select(ImageFileRows.Facts)
            .SingleOrDefaultAsync(CancellationToken.None);
    }

    // After a gap anything may have changed.
    private void Hear(string? payload)
    {
        if (ChangePayload.Read(payload) is { } update)
            _changes.Note(update.Id);
        else
            ForgetAll();
    }

    private sealed class Answer
    {
        private readonly Lazy<Task<ImageFileFacts?>> _facts;
        private ImageFileFacts? _known;

        public Answer(long change, long askedAt, Func<Task<ImageFileFacts?>> read)
        {
            (Change, AskedAt) = (change, askedAt);
            _facts = new(() => KeepAsync(read));
        }

        public long Change { get; }

        public long AskedAt { get; }

        public Task<ImageFileFacts?> Facts => _facts.Value;

        /// <summary>Null until they are read, and where there is no such image.</summary>
        public ImageFileFacts? Known => Volatile.Read(ref _known);

        private async Task<ImageFileFacts?> KeepAsync(Func<Task<ImageFileFacts?>> read)
        {
            var facts = await read();
            Volatile.Write(ref _known, facts);
            return facts;
        }
    }
}
