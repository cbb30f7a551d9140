namespace GoImg.Core.Rendering;

/// <summary>What a render process gets a bounded share of for one image.</summary>
public enum RenderResource
{
    Memory,
    ProcessorTime,
    Time,
}
