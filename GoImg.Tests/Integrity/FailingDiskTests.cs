using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A disk that fails under the running server: strace answers its system calls with errors.</summary>
[Trait("Duration", "long")]
public sealed class FailingDiskTests
{
    // The calls that keep an image, and what is said when one of them fails permanently.
    private static readonly (string Call, string Error, HttpStatusCode Answer)[] Faults =
    [
        ("pwrite64", "ENOSPC", HttpStatusCode.InsufficientStorage),
        ("pwrite64", "EDQUOT", HttpStatusCode.InsufficientStorage),
        ("pwrite64", "EIO", HttpStatusCode.ServiceUnavailable),
        ("fsync", "EIO", HttpStatusCode.ServiceUnavailable),
        ("renameat", "EIO", HttpStatusCode.ServiceUnavailable),
        ("renameat", "ENOSPC", HttpStatusCode.InsufficientStorage),
        ("mkdirat", "ENOSPC", HttpStatusCode.InsufficientStorage),
    ];

    [Fact]
    public async Task While_the_disk_fails_uploads_are_refused_in_words_and_afterwards_all_is_well_without_a_restart()
    {
        using var server = await FaultyServer.StartAsync(onOneThread: false);
        await server.RecoverAsync();

        foreach (var (call, error, answer) in Faults)
        {
            await using (await SystemCalls.FailAsync(server.Process, call, error, when: "1+"))
            {
                // A directory that is there need not be made: the first image of a shard is what meets that failure.
                var met = await UploadUntilAsync(server, answer, tries: call == "mkdirat" ? 100 : 1);
                Assert.True(met, $"{call} with {error} did not answer {answer}.");
            }

            await server.RecoverAsync();
        }

        await server.AssertNothingIsLostAsync("the disk failed");
    }

    private static async Task<bool> UploadUntilAsync(FaultyServer server, HttpStatusCode answer, int tries)
    {
        for (var i = 0; i < tries; i++)
        {
            if (await server.UploadAsync() == answer)
                return true;
        }

        return false;
    }
}
