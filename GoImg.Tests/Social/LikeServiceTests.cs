using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Core.Social;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Social;

public sealed class LikeServiceTests : IAsyncLifetime
{
    private Gallery _gallery = null!;
    private Actor _ana = null!;
    private Image _image = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gallery = await Gallery.OpenAsync();
        _ana = await _gallery.MemberAsync("ana");
        _image = await _gallery.ImageAsync(_ana);
    }

    public ValueTask DisposeAsync() => _gallery.DisposeAsync();

    [Fact]
    public async Task Liking_twice_counts_once_and_unliking_twice_takes_one_away()
    {
        await LikeAsync(_ana);
        Assert.Equal(new LikeState(true, 1), (await LikeAsync(_ana)).Value());
        await UnlikeAsync(_ana);
        Assert.Equal(new LikeState(false, 0), (await UnlikeAsync(_ana)).Value());
    }

    [Fact]
    public async Task Many_at_once_are_counted_exactly()
    {
        var members = new List<Actor>();
        for (var i = 0; i < 12; i++)
            members.Add(await _gallery.MemberAsync("fan_" + i));

        await Task.WhenAll(members.Concat(members).Select(LikeAsync));
        await Task.WhenAll(members.Take(5).Concat(members.Take(5)).Select(UnlikeAsync));

        var view = (await _gallery.AskAsync<IImageQueries, ImageView?>(q => q.FindAsync(members[7], _image.Id, Stop)))!;
        Assert.Equal(7, view.Tile.Likes);
        Assert.True(view.LikedByActor);
        Assert.Equal(7, (await _gallery.AskAsync<ILikeQueries, Page<LikeView>>(q => q.ByImageAsync(_ana, _image.Id, new(50), Stop))).Items.Count);
    }

    [Fact]
    public async Task A_visitor_signs_in_first_and_a_hidden_image_is_not_there()
    {
        var bea = await _gallery.MemberAsync("bea");
        var hidden = await _gallery.ImageAsync(_ana, Visibility.Private);

        Assert.IsType<SignInRequired>((await LikeAsync(Actor.Visitor(null))).Error);
        Assert.IsType<NotFound>((await _gallery.AskAsync<LikeService, Result<LikeState>>(s => s.LikeAsync(bea, hidden.Id, Stop))).Error);
    }

    [Fact]
    public async Task What_a_member_liked_shows_only_what_is_listed()
    {
        var unlisted = await _gallery.ImageAsync(_ana, Visibility.Unlisted);
        await LikeAsync(_ana);
        await _gallery.AskAsync<LikeService, Result<LikeState>>(s => s.LikeAsync(_ana, unlisted.Id, Stop));

        var liked = await _gallery.AskAsync<ILikeQueries, Page<ImageTile>>(q => q.ByMemberAsync(_ana.MemberId!.Value, new(10), Stop));

        Assert.Equal(_image.Id, Assert.Single(liked.Items).Id);
    }

    private Task<Result<LikeState>> LikeAsync(Actor actor) =>
        _gallery.AskAsync<LikeService, Result<LikeState>>(s => s.LikeAsync(actor, _image.Id, Stop));

    private Task<Result<LikeState>> UnlikeAsync(Actor actor) =>
        _gallery.AskAsync<LikeService, Result<LikeState>>(s => s.UnlikeAsync(actor, _image.Id, Stop));
}
