using GoImg.Core.Shared;

namespace GoImg.Core.Accounts;

/// <summary>Makes a member with a password, whoever asks for one: registration, the first-admin link, the command line.</summary>
public sealed class AccountCreation(IMembers members, ICredentials credentials, IPasswordStrength strength, TimeProvider time)
{
    /// <summary>Checks every field, then adds member and credentials to the current unit of work.</summary>
    internal async Task<Result<Member>> AddAsync(Registration form, Role role, CancellationToken cancellationToken)
    {
        var names = Check(form);
        if (names.Error is { } unfit)
            return unfit;

        var member = Member.Register(names.Value.Username, names.Value.Email, role, time.GetUtcNow());
        members.Add(member);
        var created = await credentials.CreateAsync(member, form.Password!, cancellationToken);
        return created.Error is { } refused ? refused : member;
    }

    /// <summary>All that is wrong with the form itself, in one <see cref="ValidationFailed"/>; whether a name is taken only the database knows.</summary>
    internal Result<(Username Username, EmailAddress Email)> Check(Registration form)
    {
        var username = Username.Parse(form.Username);
        var email = EmailAddress.Parse(form.Email);
        var fields = new List<FieldError>();
        Collect(username.Error);
        Collect(email.Error);
        if (fields.Count == 0)
            Collect(PasswordRules.Check(form.Password, username.Value, email.Value, strength).Error);
        else if (Text.Length(form.Password ?? "") is < PasswordRules.MinLength or > PasswordRules.MaxLength)
            fields.Add(new("password", AccountErrorTexts.PasswordLength.With(PasswordRules.MinLength, PasswordRules.MaxLength)));
        return fields.Count > 0 ? new ValidationFailed(fields) : (username.Value, email.Value);

        void Collect(Error? error)
        {
            if (error is ValidationFailed wrong)
                fields.AddRange(wrong.Fields);
        }
    }
}
