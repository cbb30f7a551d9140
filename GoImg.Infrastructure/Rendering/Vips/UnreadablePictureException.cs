namespace GoImg.Infrastructure.Rendering.Vips;

/// <summary>A picture that libvips would show and GoImg does not. The message is for the log.</summary>
internal sealed class UnreadablePictureException(string message) : Exception(message);
