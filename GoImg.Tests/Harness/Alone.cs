namespace GoImg.Tests.Harness;

/// <summary>Tests that measure what the whole process does: they run one by one when all others have ended.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
