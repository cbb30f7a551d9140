using GoImg.Core.Accounts;
using GoImg.Core.Shared;

namespace GoImg.Core.Moderation;

/// <summary>A site keeps one admin who can act: the last one is not banned, suspended or made anything less.</summary>
internal static class LastAdmin
{
    /// <summary>Under the lock of <see cref="IMembers.LockAdminsAsync"/>, or two admins could end each other at once.</summary>
    public static async Task<Error?> RefuseLastAdminAsync(this IMembers members, Member member, CancellationToken cancellationToken) =>
        member is { Role: Role.Admin, Status: MemberStatus.Active } && await members.CountAdminsAsync(cancellationToken) <= 1
            ? new ModerationErrors.LastAdmin()
            : null;
}
