using GoImg.Core.Rendering;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Rendering.Containers;

namespace GoImg.Tests.Rendering;

internal static class Inspection
{
    public static Result<ImageHeader> Of(byte[] file, ImageLimits? limits = null) => Of(new MemoryStream(file), limits);

    public static Result<ImageHeader> Of(Stream file, ImageLimits? limits = null) =>
        new ImageInspector(limits ?? new ImageLimits()).InspectAsync(file, CancellationToken.None).GetAwaiter().GetResult();
}
