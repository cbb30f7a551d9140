using GoImg.Core.Events;
using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Somebody with an account, as others may see them. Credentials are kept apart, by <see cref="ICredentials"/>.</summary>
public sealed class Member : Aggregate
{
    public const int MaxDisplayName = 100;
    public const int MaxBio = 500;

    private Member() { }

    public MemberId Id { get; private set; }

    public Username Username { get; private set; } = null!;

    /// <summary>The username lower-cased, for look-ups and uniqueness.</summary>
    public string UsernameKey { get; private set; } = "";

    /// <summary>For the member and staff only.</summary>
    public EmailAddress Email { get; private set; } = null!;

    /// <summary>Empty until chosen; then pages show the username.</summary>
    public string DisplayName { get; private set; } = "";

    public string Bio { get; private set; } = "";

    public Role Role { get; private set; }

    public MemberStatus Status { get; private set; }

    /// <summary>Set while <see cref="Status"/> is suspended.</summary>
    public DateTimeOffset? SuspendedUntil { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the profile was last changed; null while it is as it was made.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    public int Version { get; private set; }

    public string ShownName => DisplayName.Length > 0 ? DisplayName : Username.Value;

    public MemberModerationState ModerationState => new(Status, SuspendedUntil);

    public static Member Register(Username username, EmailAddress email, Role role, DateTimeOffset now)
    {
        var member = new Member
        {
            Id = MemberId.New(),
            Username = username,
            UsernameKey = username.Key,
            Email = email,
            Role = role,
            Status = MemberStatus.Active,
            CreatedAt = now,
        };
        member.Record(new MemberRegistered(member.Id));
        return member;
    }

    public Result EditProfile(string? displayName, string? bio, DateTimeOffset now)
    {
        var fields = new List<FieldError>();
        var name = Text.Line(displayName);
        var about = Text.Paragraphs(bio);
        if (Text.Length(name) > MaxDisplayName)
            fields.Add(new("display_name", AccountErrorTexts.DisplayNameTooLong.With(Text.Length(name), MaxDisplayName)));
        if (Text.Length(about) > MaxBio)
            fields.Add(new("bio", AccountErrorTexts.BioTooLong.With(Text.Length(about), MaxBio)));
        if (fields.Count > 0)
            return new ValidationFailed(fields);

        DisplayName = name;
        Bio = about;
        EditedAt = now;
        Record(new ProfileEdited(Id));
        return Result.Success;
    }

    public void Grant(Role role)
    {
        Role = role;
        Record(new RoleChanged(Id, role));
    }

    public void Ban()
    {
        Status = MemberStatus.Banned;
        RecordSanction();
    }

    public void Suspend(DateTimeOffset until)
    {
        Status = MemberStatus.Suspended;
        SuspendedUntil = until;
        RecordSanction();
    }

    /// <summary>Ends a ban or a suspension.</summary>
    public void Reinstate()
    {
        Status = MemberStatus.Active;
        SuspendedUntil = null;
        Record(new MemberReinstated(Id));
    }

    /// <summary>Takes back a moderator's decision. Fails with <see cref="AccountErrors.ChangedSince"/> when the account is no longer as the decision left it.</summary>
    public Result Revert(MemberModerationState before, MemberModerationState after)
    {
        if (Status != after.Status)
            return new AccountErrors.ChangedSince();

        Status = before.Status;
        SuspendedUntil = before.SuspendedUntil;
        if (Status == MemberStatus.Active)
            Record(new MemberReinstated(Id));
        else
            RecordSanction();
        return Result.Success;
    }

    private void RecordSanction() => Record(new MemberSanctioned(Id, Status, Status == MemberStatus.Suspended ? SuspendedUntil : null));
}

/// <summary>What a moderator's decision may change about an account, for taking it back.</summary>
public sealed record MemberModerationState(MemberStatus Status, DateTimeOffset? SuspendedUntil);
