namespace GoImg.Tests.Harness;

/// <summary>Work that several begin in the same moment, each on a thread of its own.</summary>
internal static class AtOnce
{
    public static Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> work)
    {
        var together = new Barrier(count);
        return Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(index =>
                    Task.Factory.StartNew(
                            () =>
                            {
                                together.SignalAndWait();
                                return work(index);
                            },
                            CancellationToken.None,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                        .Unwrap()
                )
        );
    }

    public static Task RunAsync(int count, Func<int, Task> work) =>
        RunAsync(
            count,
            async index =>
            {
                await work(index);
                return index;
            }
        );
}
