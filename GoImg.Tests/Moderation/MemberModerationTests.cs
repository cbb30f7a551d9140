using GoImg.Core.Accounts;
using GoImg.Core.Audit;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Moderation;

public sealed class MemberModerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ban_signs_out_at_once_hides_every_image_and_is_told_and_logged()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada, ben) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin), await world.MemberAsync("ben"));
        var (image, session) = (await world.ImageAsync(olga), await world.SignInAsync(olga));
        Assert.True(await world.IsLiveAsync(session));

        (await BanAsync(world, ada, olga)).Value();

        Assert.Equal(MemberStatus.Banned, (await world.ReloadAsync(olga)).Status);
        Assert.False(await world.IsLiveAsync(session));
        Assert.Null(await world.AskAsync((IImageQueries q) => q.FindAsync(ben, image.Slug, Token)));
        Assert.Empty((await world.AskAsync((IImageQueries q) => q.ExploreAsync(null, 10, Token))).Items);
        Assert.Single(await world.NotificationsAsync(olga));
        var entry = Assert.Single(await world.AuditAsync());
        Assert.Equal((AuditAction.Banned, "active", "banned", ada.MemberId), (entry.Action, entry.Before, entry.After, entry.ActorId));
    }

    [Fact]
    public async Task After_a_ban_was_undone_the_words_of_the_suspension_that_stands_again_are_told()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        await world.AskAsync(
            (ModerateMembers service) => service.SuspendAsync(ada, olga.MemberId!.Value, world.Clock.GetUtcNow().AddDays(3), "", "Cool down.", Token)
        );
        var ban = (await BanAsync(world, ada, olga)).Value();
        var banned = await world.ReloadAsync(olga);
        (await world.UndoAsync(ada, ban)).Error.IsNull();
        var suspended = await world.ReloadAsync(olga);

        Assert.Null(await world.AskAsync((ISanctionReasons reasons) => reasons.FindWordsAsync(banned, Token)));
        Assert.Equal("Cool down.", await world.AskAsync((ISanctionReasons reasons) => reasons.FindWordsAsync(suspended, Token)));
    }

    [Fact]
    public async Task A_ban_ends_by_reinstating_and_everything_is_visible_again()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        await world.ImageAsync(olga);
        (await BanAsync(world, ada, olga)).Value();

        (await ReinstateAsync(world, ada, olga)).Value();

        Assert.Single((await world.AskAsync((IImageQueries q) => q.ExploreAsync(null, 10, Token))).Items);
        Assert.IsType<ModerationErrors.AlreadySo>((await ReinstateAsync(world, ada, olga)).Error);
    }

    [Fact]
    public async Task A_suspension_ends_by_itself()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, mia) = (await world.MemberAsync("olga"), await world.MemberAsync("mia", Role.Moderator));
        (await SuspendAsync(world, mia, olga, TimeSpan.FromDays(3))).Value();
        var session = await world.SignInAsync(olga);
        Assert.False(await world.IsLiveAsync(session));
        Assert.InRange(Assert.Single(await world.LiftsAsync()), TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(3));

        await LiftAsync(world, olga);
        Assert.Equal(MemberStatus.Suspended, (await world.ReloadAsync(olga)).Status);
        world.Clock.Advance(TimeSpan.FromDays(3));
        await LiftAsync(world, olga);
        await LiftAsync(world, olga);

        Assert.Equal(new MemberModerationState(MemberStatus.Active, null), (await world.ReloadAsync(olga)).ModerationState);
        Assert.Single(await world.AuditAsync(), e => e.Action == AuditAction.SuspensionEnded && e.BySystem);
    }

    [Fact]
    public async Task The_end_of_a_suspension_does_not_end_a_ban_that_came_later()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        (await SuspendAsync(world, ada, olga, TimeSpan.FromDays(3))).Value();
        (await BanAsync(world, ada, olga)).Value();
        world.Clock.Advance(TimeSpan.FromDays(4));

        await LiftAsync(world, olga);

        Assert.Equal(MemberStatus.Banned, (await world.ReloadAsync(olga)).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(366)]
    public async Task A_suspension_ends_in_the_future_and_within_a_year(int days)
    {
        await using var world = await ModerationWorld.CreateAsync();

        var answer = await SuspendAsync(
            world,
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("olga"),
            TimeSpan.FromDays(days)
        );

        Assert.Equal("until", Assert.IsType<ValidationFailed>(answer.Error).Fields.Single().Field);
    }

    [Fact]
    public async Task Undoing_a_ban_of_a_suspended_member_suspends_again_for_what_is_left()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (olga, ada) = (await world.MemberAsync("olga"), await world.MemberAsync("ada", Role.Admin));
        var suspension = (await SuspendAsync(world, ada, olga, TimeSpan.FromDays(3))).Value();
        var before = (await world.ReloadAsync(olga)).ModerationState;
        var ban = (await BanAsync(world, ada, olga)).Value();

        Assert.IsType<ModerationErrors.LaterDecision>((await world.UndoAsync(ada, suspension)).Error);
        (await world.UndoAsync(ada, ban)).Error.IsNull();

        Assert.Equal(before, (await world.ReloadAsync(olga)).ModerationState);
        Assert.Equal(2, (await world.LiftsAsync()).Count);
    }

    [Theory]
    [InlineData(Role.Moderator, Role.Member, null, typeof(ModerationErrors.OnlyAdmins))]
    [InlineData(Role.Moderator, Role.Moderator, typeof(ModerationErrors.StaffAccount), typeof(ModerationErrors.StaffAccount))]
    [InlineData(Role.Moderator, Role.Admin, typeof(ModerationErrors.StaffAccount), typeof(ModerationErrors.StaffAccount))]
    [InlineData(Role.Admin, Role.Moderator, null, null)]
    [InlineData(Role.Admin, Role.Admin, null, null)]
    [InlineData(Role.Member, Role.Member, typeof(NotFound), typeof(NotFound))]
    public async Task Who_may_suspend_and_ban_whom(Role by, Role whom, Type? onSuspend, Type? onBan)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (actor, target) = (await world.MemberAsync("actor", by), await world.MemberAsync("target", whom));

        Assert.Equal(onSuspend, (await SuspendAsync(world, actor, target, TimeSpan.FromDays(1))).Error?.GetType());
        Assert.Equal(onBan, (await BanAsync(world, actor, target)).Error?.GetType());
    }

    [Fact]
    public async Task A_moderator_ends_suspensions_but_no_bans_not_even_by_undo()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ada, mia, olga) = (
            await world.MemberAsync("ada", Role.Admin),
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("olga")
        );
        (await SuspendAsync(world, mia, olga, TimeSpan.FromDays(1))).Value();
        Assert.True((await ReinstateAsync(world, mia, olga)).IsSuccess);

        var ban = (await BanAsync(world, ada, olga)).Value();

        Assert.IsType<ModerationErrors.OnlyAdmins>((await ReinstateAsync(world, mia, olga)).Error);
        Assert.IsType<ModerationErrors.OnlyAdmins>((await world.UndoAsync(mia, ban)).Error);
    }

    [Theory]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Admin)]
    public async Task No_one_decides_about_their_own_account(Role role)
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (me, other) = (await world.MemberAsync("me_", role), await world.MemberAsync("other", Role.Admin));

        Assert.IsType<ModerationErrors.Oneself>((await SuspendAsync(world, me, me, TimeSpan.FromDays(1))).Error);
        Assert.IsType<ModerationErrors.Oneself>((await BanAsync(world, me, me)).Error);
        Assert.NotNull((await GrantAsync(world, me, me, Role.Member)).Error);
        Assert.NotNull((await GrantAsync(world, me, me, Role.Admin)).Error ?? (role == Role.Admin ? new ModerationErrors.Oneself() : null));
        Assert.Equal(role, (await world.ReloadAsync(me)).Role);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task Roles_are_for_admins_to_change_and_every_change_signs_out_and_is_logged()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ada, mia, olga) = (
            await world.MemberAsync("ada", Role.Admin),
            await world.MemberAsync("mia", Role.Moderator),
            await world.MemberAsync("olga")
        );

        Assert.IsType<ModerationErrors.OnlyAdmins>((await GrantAsync(world, mia, olga, Role.Moderator)).Error);
        Assert.IsType<NotFound>((await GrantAsync(world, olga, olga, Role.Admin)).Error);
        var session = await world.SignInAsync(olga);
        (await GrantAsync(world, ada, olga, Role.Moderator)).Error.IsNull();

        Assert.Equal(Role.Moderator, (await world.ReloadAsync(olga)).Role);
        Assert.False(await world.IsLiveAsync(session));
        var entry = Assert.Single(await world.AuditAsync());
        Assert.Equal((AuditAction.RoleChanged, "member", "moderator"), (entry.Action, entry.Before, entry.After));
    }

    [Fact]
    public async Task The_last_admin_can_neither_be_banned_nor_suspended_nor_demoted()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var ada = await world.MemberAsync("ada", Role.Admin);

        Assert.IsType<ModerationErrors.LastAdmin>((await BanAsync(world, Actor.System, ada)).Error);
        Assert.IsType<ModerationErrors.LastAdmin>((await SuspendAsync(world, Actor.System, ada, TimeSpan.FromDays(1))).Error);
        Assert.IsType<ModerationErrors.LastAdmin>((await GrantAsync(world, Actor.System, ada, Role.Moderator)).Error);
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_the_same_moment_leave_one()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var (ada, bea) = (await world.MemberAsync("ada", Role.Admin), await world.MemberAsync("bea", Role.Admin));

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(BanAsync(world, ada, bea), BanAsync(world, bea, ada));

            Assert.Single(answers, a => a.IsSuccess);
            var banned = (await world.ReloadAsync(ada)).Status == MemberStatus.Banned ? ada : bea;
            (await ReinstateAsync(world, Actor.System, banned)).Value();
        }
    }

    [Fact]
    public async Task Members_are_found_by_name_and_address_and_nothing_typed_is_a_wildcard()
    {
        await using var world = await ModerationWorld.CreateAsync();
        var mia = await world.MemberAsync("mia", Role.Moderator);
        await world.MemberAsync("under_score");
        await world.MemberAsync("underXscore");

        Assert.Equal(["under_score"], await NamesAsync(world, mia, new MemberFilter("r_s")));
        Assert.Equal(["under_score"], await NamesAsync(world, mia, new MemberFilter("UNDER_SCORE@example")));
        Assert.Equal(["mia"], await NamesAsync(world, mia, new MemberFilter(Role: Role.Moderator)));
        Assert.Empty(await NamesAsync(world, mia, new MemberFilter(Status: MemberStatus.Banned)));
        Assert.Empty(await NamesAsync(world, mia, new MemberFilter("%")));
    }

    private static async Task<IEnumerable<string>> NamesAsync(ModerationWorld world, Actor actor, MemberFilter filter) =>
        (await world.AskAsync((IModerationQueries q) => q.MembersAsync(actor, filter, null, 10, Token))).Value().Items.Select(m => m.Username);

    private static Task<Result<Decision>> BanAsync(ModerationWorld world, Actor actor, Actor target) =>
        world.AskAsync((ModerateMembers service) => service.BanAsync(actor, target.MemberId!.Value, "seen it", null, Token));

    private static Task<Result<Decision>> SuspendAsync(ModerationWorld world, Actor actor, Actor target, TimeSpan time) =>
        world.AskAsync(
            (ModerateMembers service) => service.SuspendAsync(actor, target.MemberId!.Value, world.Clock.GetUtcNow() + time, null, null, Token)
        );

    private static Task<Result<Decision>> ReinstateAsync(ModerationWorld world, Actor actor, Actor target) =>
        world.AskAsync((ModerateMembers service) => service.ReinstateAsync(actor, target.MemberId!.Value, null, null, Token));

    private static Task<Result> GrantAsync(ModerationWorld world, Actor actor, Actor target, Role role) =>
        world.AskAsync((ModerateMembers service) => service.ChangeRoleAsync(actor, target.MemberId!.Value, role, Token));

    private static async Task LiftAsync(ModerationWorld world, Actor member)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<IJobHandler<LiftSuspensionJob>>();
        Assert.IsType<JobOutcome.Done>(await handler.HandleAsync(new LiftSuspensionJob(member.MemberId!.Value), new JobAttempt(1, 4), Token));
    }
}
