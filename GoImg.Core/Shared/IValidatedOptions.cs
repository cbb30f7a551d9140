namespace GoImg.Core.Shared;

/// <summary>One section of the configuration. Its properties are the keys, their initial values the defaults; what stands there is read once at start,
/// except for what is <see cref="ReloadableAttribute"/>.</summary>
public interface IValidatedOptions
{
    static abstract string Section { get; }

    /// <summary>States what the values must be; whatever breaks a rule stops the start.</summary>
    void Check(OptionRules rules);
}

/// <summary>A changed value takes effect at once, without a restart.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReloadableAttribute : Attribute;
