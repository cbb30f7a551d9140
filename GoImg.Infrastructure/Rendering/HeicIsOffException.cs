namespace GoImg.Infrastructure.Rendering;

/// <summary>The system's libvips is missing or decodes no HEIC; the message says which, for the log.</summary>
internal sealed class HeicIsOffException(string problem) : Exception(problem);
