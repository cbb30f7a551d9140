using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Rendering.Containers;

namespace GoImg.Tests.Rendering;

internal static class Inspection
{
    public static Result<ImageHeader> Of(byte[] file, ImageLimits? limits = null) =>
        new ImageInspector(limits ?? new ImageLimits()).InspectAsync(new MemoryStream(file), CancellationToken.None).GetAwaiter().GetResult();
}
