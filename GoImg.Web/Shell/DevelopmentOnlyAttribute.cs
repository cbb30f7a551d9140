namespace GoImg.Web.Shell;

/// <summary>A page for those who work on GoImg: outside of the Development environment its address leads nowhere.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DevelopmentOnlyAttribute : Attribute;
