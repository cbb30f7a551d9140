using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.RateLimits;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Export;

/// <summary>Taking everything out: originals byte for byte, and what was written as JSON. Owners only; no one else learns that an export exists.</summary>
public sealed class ExportAccount(
    IExports exports,
    IExportArchive archive,
    IRateLimitSettings limits,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time
)
{
    public async Task<Result<AccountExport>> RequestAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } me)
            return new SignInRequired();
        if (await RefuseAsync(me, cancellationToken) is { } unavailable)
            return unavailable;

        var now = time.GetUtcNow();
        var export = AccountExport.Request(me, now);
        // Counted by their rows, which a restart does not forget.
        var limit = limits.Of(RateLimitedAction.Export);
        if (await exports.TryAddAsync(export, limit.Count > 0 ? limit.Count : int.MaxValue, now - limit.Window, cancellationToken) is { } oldest)
            return new ExportErrors.TooMany(limit.Count, oldest + limit.Window);

        audit.Add(actor, AuditAction.Exported, AuditSubject.Of(me));
        var saved = await unitOfWork.CommitAsync(cancellationToken);
        return saved.IsSuccess ? export : saved.Error!;
    }

    public async Task<Result<AccountExport>> FindAsync(Actor actor, ExportId id, CancellationToken cancellationToken) =>
        await exports.FindAsync(id, cancellationToken) is { } export && actor.Is(export.MemberId) ? export : new NotFound("export");

    /// <summary>The asker's exports that can still be downloaded.</summary>
    public async Task<IReadOnlyList<AccountExport>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.MemberId is { } me ? await exports.ListAsync(me, time.GetUtcNow() - AccountExport.Lifetime, cancellationToken) : [];

    /// <summary>What has to be clear before the first byte is sent; a success is followed by <see cref="IExportArchive.WriteAsync"/>.</summary>
    public async Task<Result<AccountExport>> OpenAsync(Actor actor, ExportId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(actor, id, cancellationToken);
        if (!found.IsSuccess)
            return found;
        if (!found.Value.IsReady(time.GetUtcNow()))
            return new ExportErrors.Expired();
        return await RefuseAsync(found.Value.MemberId, cancellationToken) is { } unavailable ? unavailable : found;
    }

    private async Task<Error?> RefuseAsync(MemberId owner, CancellationToken cancellationToken)
    {
        try
        {
            await archive.ProbeAsync(owner, cancellationToken);
            return null;
        }
        catch (ObjectStoreUnavailableException)
        {
            return new ExportErrors.StoreIsDown();
        }
    }
}
