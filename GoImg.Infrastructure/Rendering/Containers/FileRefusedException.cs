using GoImg.Core.Rendering;
using GoImg.Core.Shared;

namespace GoImg.Infrastructure.Rendering.Containers;

/// <summary>Leaves a reader from any depth with the reason; <see cref="ImageInspector"/> turns it into a result, no one else sees it.</summary>
internal sealed class FileRefusedException(Error error) : Exception(error.Message)
{
    public Error Error { get; } = error;

    public static FileRefusedException Damaged(string what) => new(new ImageFileErrors.Damaged(what));

    public static FileRefusedException Unsupported(string what) => new(new ImageFileErrors.Unsupported(what));
}
