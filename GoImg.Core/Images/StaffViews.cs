using GoImg.Core.Accounts;
using GoImg.Core.Audit;

namespace GoImg.Core.Images;

/// <summary>Notes when staff read what an image's owner shares with no one, or only with who knows its address.</summary>
public sealed class StaffViews(StaffLooks looks)
{
    /// <inheritdoc cref="StaffLooks.SameLook"/>
    public static readonly TimeSpan SameLook = StaffLooks.SameLook;

    /// <summary>Call when a page or API answer of the image goes to <paramref name="actor"/>. Writes nothing for the owner,
    /// for others who are not staff, and for an image that anyone may find. Answers whether it wrote.</summary>
    public async Task<bool> AuditPrivateViewAsync(Actor actor, ImageView image, CancellationToken cancellationToken) =>
        await AuditPrivateViewsAsync(actor, [image], cancellationToken) > 0;

    /// <summary>The same for a list that shows several. Answers how many entries it wrote.</summary>
    public Task<int> AuditPrivateViewsAsync(Actor actor, IEnumerable<ImageView> images, CancellationToken cancellationToken) =>
        AuditAsync(actor, images.Select(i => (i.Tile.Id, WordsOf(actor, i.OwnerId, i.IsListed, i.Tile.Visibility, i.Tile.State))), cancellationToken);

    /// <summary>The same for its bytes.</summary>
    public async Task<bool> AuditPrivateViewAsync(Actor actor, ImageFile file, CancellationToken cancellationToken) =>
        await AuditAsync(actor, [(file.Id, file.PrivateLook)], cancellationToken) > 0;

    /// <summary>What is noted of a look at the image; null when it is nothing to note.</summary>
    internal static string? WordsOf(Actor actor, MemberId owner, bool isListed, Visibility visibility, ImageState state) =>
        actor.IsStaff && !isListed && !actor.Is(owner) ? $"{visibility}, {state}".ToLowerInvariant() : null;

    private Task<int> AuditAsync(Actor actor, IEnumerable<(ImageId Image, string? Words)> seen, CancellationToken cancellationToken) =>
        looks.NoteAsync(
            actor,
            AuditAction.PrivateViewed,
            [.. seen.Where(s => s.Words is not null).Select(s => (s.Image.AsAuditSubject(), s.Words!))],
            cancellationToken
        );
}
