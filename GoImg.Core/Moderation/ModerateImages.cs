using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>The moderators' work on reported images. Staff only; everybody else finds no such thing.</summary>
public sealed class ModerateImages(
    Staff staff,
    AccountSanctions accounts,
    IImages images,
    IMembers members,
    ICases cases,
    IDecisions decisions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider time
)
{
    /// <summary>Keeps the case for this moderator for <see cref="ReportCase.ClaimTime"/>; again prolongs it.</summary>
    public async Task<Result> ClaimAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        var open = await OpenCaseAsync(actor, id, cancellationToken);
        if (open.Error is { } error)
            return error;
        if (actor.MemberId is not { } me)
            return new NotAllowed("Only a person can take a case.");

        open.Value.Claim(me, time.GetUtcNow());
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Gives a claimed case back to the queue.</summary>
    public async Task<Result> ReleaseAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        var open = await OpenCaseAsync(actor, id, cancellationToken);
        if (open.Error is { } error)
            return error;

        open.Value.Release();
        return await unitOfWork.CommitAsync(cancellationToken);
    }

    /// <summary>Does what was decided, closes the image's case, tells the owner and writes the audit log, all or nothing.
    /// Of two moderators at once the second gets <see cref="ModerationErrors.AlreadyDecided"/>.</summary>
    public Task<Result<Decision>> DecideAsync(Actor actor, ModerationRequest request, CancellationToken cancellationToken) =>
        // a stale save means another report or decision came in between; the next try meets it
        unitOfWork.RetryAsync(() => TryDecideAsync(actor, request, cancellationToken), cancellationToken);

    private async Task<Result<Decision>> TryDecideAsync(Actor actor, ModerationRequest request, CancellationToken cancellationToken)
    {
        var isOnAccount = request.Action is DecisionAction.Suspend or DecisionAction.Ban;
        if (isOnAccount && actor.IsStaff)
            await members.LockAdminsAsync(cancellationToken);
        if (await staff.RefuseAsync(actor, "image", cancellationToken) is { } refused)
            return refused;
        if (await images.FindAsync(request.Image, cancellationToken) is not { } image)
            return new NotFound("image");
        if (actor.Is(image.OwnerId))
            return new ModerationErrors.Oneself();
        var reportCase = request.Case is { } id
            ? await cases.FindAsync(id, cancellationToken)
            : await cases.FindOpenAsync(image.Id, cancellationToken);
        if (request.Case is not null && reportCase?.ImageId != image.Id)
            return new NotFound("case");
        if (reportCase is not null && await TakenAsync(actor, reportCase, cancellationToken) is { } taken)
            return taken;
        var text = DecisionText.Create(request.Action, request.Note, request.Message);
        if (text.Error is { } wrong)
            return wrong;

        var decision = isOnAccount
            ? await accounts.ApplyAsync(actor, image.Owner, request.Action, request.Until, text.Value, cancellationToken)
            : ApplyToImage(actor, image, reportCase, request.Action, text.Value);
        if (!decision.IsSuccess)
            return decision;

        decision.Value.Because(image.Id, reportCase?.Id);
        if (request.Action != DecisionAction.Hold)
            reportCase?.Close(decision.Value);
        return decision;
    }

    private Result<Decision> ApplyToImage(Actor actor, Image image, ReportCase? reportCase, DecisionAction action, DecisionText text)
    {
        var now = time.GetUtcNow();
        var (before, wasHeld) = (image.ModerationState, image.IsHeld);
        switch (action)
        {
            case DecisionAction.Dismiss when reportCase is null && !wasHeld:
                return new ModerationErrors.NothingToDismiss();
            case DecisionAction.Dismiss or DecisionAction.Warn:
                image.Release();
                break;
            case DecisionAction.MarkNsfw when reportCase is null && image.Rating == ContentRating.Nsfw:
                return new ModerationErrors.AlreadySo("the image is marked as not safe for work");
            case DecisionAction.MarkNsfw:
                image.Release();
                image.Rate(ContentRating.Nsfw);
                break;
            case DecisionAction.Hold when wasHeld:
                return new ModerationErrors.AlreadySo("the image is hidden");
            case DecisionAction.Hold when image.State != ImageState.Active:
                return new ModerationErrors.NotVisible();
            case DecisionAction.Hold:
                image.Flag(text.Message);
                break;
            case DecisionAction.Remove when image is { State: ImageState.Deleted, ModerationReason: not null, IsHeld: false }:
                return new ModerationErrors.AlreadySo("the image is removed");
            case DecisionAction.Remove:
                image.Remove(text.Message, now);
                break;
            default:
                return new ValidationFailed("action", "This can't be done to an image.");
        }

        var decision = Decision.OnImage(actor, image, reportCase?.Id, action, text, before, now);
        decisions.Add(decision);
        audit.Add(
            actor,
            DecisionLabels.ActionName(action),
            image.Id.AsAuditSubject(),
            DecisionLabels.Describe(before),
            DecisionLabels.Describe(image.ModerationState)
        );
        return decision;
    }

    private async Task<Result<ReportCase>> OpenCaseAsync(Actor actor, CaseId id, CancellationToken cancellationToken)
    {
        if (await staff.RefuseAsync(actor, "case", cancellationToken) is { } refused)
            return refused;
        if (await cases.FindAsync(id, cancellationToken) is not { } reportCase)
            return new NotFound("case");
        return await TakenAsync(actor, reportCase, cancellationToken) is { } taken ? taken : reportCase;
    }

    private async Task<Error?> TakenAsync(Actor actor, ReportCase reportCase, CancellationToken cancellationToken)
    {
        if (reportCase.DecisionId is { } decided && await decisions.FindAsync(decided, cancellationToken) is { } decision)
            return new ModerationErrors.AlreadyDecided(await NameAsync(decision.ModeratorId, cancellationToken), decision.DecidedAt);
        return reportCase.IsClaimedFrom(actor, time.GetUtcNow())
            ? new ModerationErrors.ClaimedByAnother(await NameAsync(reportCase.ClaimedBy, cancellationToken), reportCase.ClaimedUntil!.Value)
            : null;
    }

    private async Task<string> NameAsync(MemberId? id, CancellationToken cancellationToken) =>
        id is { } member && await members.FindAsync(member, cancellationToken) is { } found ? found.ShownName : "GoImg";
}
