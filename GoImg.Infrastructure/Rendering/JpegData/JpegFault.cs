namespace GoImg.Infrastructure.Rendering.JpegData;

/// <summary>What is wrong with a JPEG's entropy-coded data. Libjpeg goes on with guesses after each of them.</summary>
internal enum JpegFault
{
    None,

    /// <summary>A scan that does not carry on from those before it, or details that break off. Decoders make different things of it, so what follows
    /// can't be told from a fault.</summary>
    Unclear,

    /// <summary>The bits are no code of the table they are coded by.</summary>
    BadCode,

    /// <summary>A marker comes before the last block's mean value.</summary>
    EndsEarly,

    /// <summary>Another marker than the restart that is due.</summary>
    WrongRestart,
}
