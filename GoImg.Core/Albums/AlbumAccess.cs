using System.Linq.Expressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;

namespace GoImg.Core.Albums;

/// <summary>The one rule of who sees which album, and which of its images: an album never widens what an image allows.</summary>
public static class AlbumAccess
{
    private static readonly Func<Album, bool> IsListedCompiled = Listed().Compile();

    /// <summary>On its owner's page, for anyone.</summary>
    public static Expression<Func<Album, bool>> Listed() =>
        album => album.State == AlbumState.Active && album.Visibility == Visibility.Public && album.Owner.Status == MemberStatus.Active;

    /// <summary>May be opened by its address.</summary>
    public static Expression<Func<Album, bool>> Openable(Actor actor)
    {
        if (actor.IsStaff)
            return _ => true;

        var me = actor.MemberId;
        return album =>
            (me != null && album.OwnerId == me)
            || (album.State == AlbumState.Active && album.Visibility != Visibility.Private && album.Owner.Status == MemberStatus.Active);
    }

    /// <summary>Named on the pages of images in them: what is listed, and the asker's own.</summary>
    public static Expression<Func<Album, bool>> Named(Actor actor)
    {
        if (actor.MemberId is not { } me)
            return Listed();

        return album =>
            album.OwnerId == me
            || (album.State == AlbumState.Active && album.Visibility == Visibility.Public && album.Owner.Status == MemberStatus.Active);
    }

    /// <inheritdoc cref="Openable"/>
    public static bool CanOpen(Actor actor, Album album) =>
        actor.IsStaff
        || actor.Is(album.OwnerId)
        || (album.State == AlbumState.Active && album.Visibility != Visibility.Private && album.Owner.Status == MemberStatus.Active);

    public static bool IsListed(Album album) => IsListedCompiled(album);

    public static bool CanEdit(Actor actor, Album album) => actor.Is(album.OwnerId);

    /// <summary>The images of an album this asker finds in it. The owner: all but the trash. In a public album: what is listed anyway.
    /// An unlisted album is a link that was passed on, so it shows unlisted images too; private ones never.</summary>
    public static Expression<Func<Image, bool>> Shown(Actor actor, MemberId owner, Visibility visibility)
    {
        if (actor.Is(owner))
            return image => image.OwnerId == owner && image.State != ImageState.Deleted;

        return visibility == Visibility.Unlisted ? ImageAccess.Openable(Actor.Visitor(null)) : ImageAccess.Listed();
    }

    /// <summary>Others than its owner can come to see the album: it has been passed on, or stands on its owner's page.</summary>
    public static bool IsShared(Visibility album) => album != Visibility.Private;

    /// <summary>It stands on its owner's page.</summary>
    public static bool IsForAll(Visibility album) => album == Visibility.Public;

    /// <summary>The owner's images that are ready and yet not shown to others in an album that is shared, as they are less visible than it.</summary>
    public static Expression<Func<Image, bool>> Withheld(MemberId owner, Visibility album) =>
        album == Visibility.Public
            ? image => image.OwnerId == owner && image.State == ImageState.Active && image.Visibility != Visibility.Public
            : image => image.OwnerId == owner && image.State == ImageState.Active && image.Visibility == Visibility.Private;
}
