namespace GoImg.Infrastructure.Rendering;

/// <summary>Which libvips a render process decodes with (docs/adr/0026-netvips-and-two-kinds-of-render-processes.md).</summary>
internal enum DecoderKind
{
    /// <summary>The one that comes with the program: all formats but HEIC, whose decoder may not be passed on by everybody.</summary>
    Bundled,

    /// <summary>The system's, for HEIC alone.</summary>
    System,
}
