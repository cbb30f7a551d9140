namespace GoImg.Infrastructure.Rendering;

/// <summary>A render process closed its pipes: it died, or was killed. Told apart from other I/O faults, which are not the image's.</summary>
internal sealed class RenderProcessEndedException(Exception inner) : Exception("The render process ended.", inner);
