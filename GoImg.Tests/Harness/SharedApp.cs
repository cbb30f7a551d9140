using GoImg.Core.Accounts;

namespace GoImg.Tests.Harness;

/// <summary>One application for all tests of a class. It is for tests that can't meet, in whatever order they run: each makes members and images
/// of its own, changes nothing else, and counts nothing that others may have made too.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    private int _members;

    public GoImgApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await GoImgApp.StartAsync();

    /// <summary>A new member, signed in; a number behind the name makes it the only one.</summary>
    public Task<MemberClient> SignUpAsync(string name, Role role = Role.Member) =>
        App.SignUpAsync($"{name}{Interlocked.Increment(ref _members)}", role);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
