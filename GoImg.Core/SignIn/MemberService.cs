using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Shared;

namespace GoImg.Core.SignIn;

/// <summary>Profiles, read and edited.</summary>
public sealed class MemberService(IMembers members, IAuditLog audit, IUnitOfWork work, TimeProvider time)
{
    public async Task<Result<Member>> GetSelfAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.MemberId is not { } id || await members.FindAsync(id, cancellationToken) is not { } member)
            return new SignInRequired();
        return member;
    }

    /// <summary>What others may not see of the member is for the caller to leave out: see <see cref="MemberAccess.CanSeePrivate"/>.</summary>
    public async Task<Result<Member>> GetAsync(Actor actor, MemberId id, CancellationToken cancellationToken)
    {
        var member = await members.FindAsync(id, cancellationToken);
        return member is not null && MemberAccess.CanSee(actor, member) ? member : new NotFound("member");
    }

    /// <summary>By the member, or by an admin.</summary>
    public async Task<Result<Member>> EditProfileAsync(
        Actor actor,
        MemberId id,
        string? displayName,
        string? bio,
        CancellationToken cancellationToken
    )
    {
        if (!actor.IsSignedIn && !actor.IsSystem)
            return new SignInRequired();
        if (await members.FindAsync(id, cancellationToken) is not { } member || !MemberAccess.CanSee(actor, member))
            return new NotFound("member");
        if (!MemberAccess.CanEditProfile(actor, member))
            return new NotAllowed(AccountErrorTexts.NotYourProfile);

        var (nameBefore, bioBefore) = (member.DisplayName, member.Bio);
        var edited = member.EditProfile(displayName, bio, time.GetUtcNow());
        if (edited.Error is { } wrong)
            return wrong;
        NoteOfOthers(actor, member, nameBefore, bioBefore);
        var committed = await work.CommitAsync(cancellationToken);
        return committed.Error is { } refused ? refused : member;
    }

    // What changed and not what it says: the log keeps no names.
    private void NoteOfOthers(Actor actor, Member member, string nameBefore, string bioBefore)
    {
        string[] changed = [.. Changed("display_name", nameBefore, member.DisplayName), .. Changed("bio", bioBefore, member.Bio)];
        if (!actor.Is(member.Id) && changed.Length > 0)
            audit.Add(actor, AuditAction.ProfileChanged, AuditSubject.Of(member.Id), null, string.Join(", ", changed));
    }

    private static string[] Changed(string field, string before, string after) => before == after ? [] : [field];
}
