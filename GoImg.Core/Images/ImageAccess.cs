using System.Linq.Expressions;
using GoImg.Core.Accounts;

namespace GoImg.Core.Images;

/// <summary>The one rule of who sees which image, for one image and as a query filter. Nothing else compares visibility.</summary>
public static class ImageAccess
{
    /// <summary>In lists, search, feeds, counts and albums for anyone: ready, public, and of a member in good standing.</summary>
    public static Expression<Func<Image, bool>> Listed() =>
        image => image.State == ImageState.Active && image.Visibility == Visibility.Public && image.Owner.Status == MemberStatus.Active;

    /// <summary>In search: what is listed, and of the asker's own what is ready, whoever else may see it.</summary>
    public static Expression<Func<Image, bool>> Findable(Actor actor)
    {
        if (actor.MemberId is not { } me)
            return Listed();

        return image =>
            image.State == ImageState.Active
            && (image.OwnerId == me || (image.Visibility == Visibility.Public && image.Owner.Status == MemberStatus.Active));
    }

    /// <summary>May be opened by its address. Owners and staff open whatever there is; others what is ready and not private.</summary>
    public static Expression<Func<Image, bool>> Openable(Actor actor)
    {
        if (actor.IsStaff)
            return _ => true;

        var me = actor.MemberId;
        return image =>
            (me != null && image.OwnerId == me)
            || (image.State == ImageState.Active && image.Visibility != Visibility.Private && image.Owner.Status == MemberStatus.Active);
    }

    /// <summary>An owner's own choice of what their library lists; it opens nothing to anyone.</summary>
    public static Expression<Func<Image, bool>> HasVisibility(Visibility visibility) => image => image.Visibility == visibility;

    /// <summary>As <see cref="Listed"/>.</summary>
    public static bool IsListed(IImageStanding image) =>
        image.State == ImageState.Active && image.Visibility == Visibility.Public && image.OwnerStatus == MemberStatus.Active;

    /// <summary>As <see cref="Openable"/>.</summary>
    public static bool CanOpen(Actor actor, IImageStanding image) => actor.IsStaff || actor.Is(image.OwnerId) || IsOpenToAnyone(image);

    /// <summary>By its address, from any page of any site.</summary>
    public static bool IsOpenToAnyone(IImageStanding image) =>
        image.State == ImageState.Active && image.Visibility != Visibility.Private && image.OwnerStatus == MemberStatus.Active;

    /// <summary>Title, tags, visibility and the like: the owner's alone.</summary>
    public static bool CanEdit(Actor actor, Image image) => actor.Is(image.OwnerId) && image.State is not ImageState.Deleted;

    public static bool CanDelete(Actor actor, Image image) => actor.Is(image.OwnerId);

    /// <summary>The original's bytes are the owner's alone.</summary>
    public static bool CanReadOriginal(Actor actor, IImageStanding image) => actor.Is(image.OwnerId) && image.State is not ImageState.Quarantined;

    /// <summary>A copy without metadata at full size, if the owner allows it.</summary>
    public static bool CanDownload(Actor actor, IImageStanding image) => CanOpen(actor, image) && (actor.Is(image.OwnerId) || image.AllowsDownload);

    /// <summary>Shared caches may keep what anyone may see; of an unlisted image, nothing.</summary>
    public static bool IsPubliclyCacheable(IImageStanding image) => IsListed(image);
}
