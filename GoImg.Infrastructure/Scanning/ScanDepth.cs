namespace GoImg.Infrastructure.Scanning;

/// <summary>What clamd makes of a file of some length with the test file at its end.</summary>
internal enum ScanDepth
{
    /// <summary>It looks to the end and knows the test file.</summary>
    Finds,

    /// <summary>It answers OK: either it does not look so far, or it does not know the test file.</summary>
    Overlooks,

    /// <summary>It calls what is over its limits infected (AlertExceedsMax).</summary>
    Accuses,

    /// <summary>It takes no file so long.</summary>
    Refuses,
}
