using System.Globalization;
using System.Text.RegularExpressions;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>A disk of eight megabytes for all that is stored, until it is full. The database has another.</summary>
[Trait("Duration", "long")]
public sealed partial class FullDiskTests
{
    private const int DiskBytes = 8 << 20;

    [Fact]
    public async Task On_a_full_disk_each_upload_is_refused_with_its_reason_and_with_room_again_all_goes_on_where_it_stood()
    {
        using var disk = await SmallDisk.StartAsync(DiskBytes, "Storage:ReserveBytes=0");
        await disk.SetAsideAsync(5 << 20);
        using var tus = new TusClient(disk.Server.Address, disk.Ana.Token);
        var (begun, wanted) = (Pictures.Noisy(1, 300, 300), Pictures.Noisy(2, 300, 300));
        var halfway = (await tus.CreateWithAsync(begun[..200_000], begun.Length)).Place;
        var notBegun = (await tus.CreateAsync(wanted.Length)).Place;

        var writes = await SystemCalls.WatchAsync(disk.Server, "pwrite64");
        await using (writes)
        {
            // Smaller and smaller ones, until there is no room for any, nor when renditions that found none have given theirs back.
            foreach (var side in (int[])[300, 150, 60, 20, 150, 60, 20])
            {
                await disk.FillAsync(side);
                await disk.LeavesNothingStagedAsync();
            }
        }

        // The kernel takes what fits of a write and only then says that there is no room.
        Assert.True(HadShortWrite(writes.Lines), "Every write was all or nothing.");
        foreach (var (upload, file, kept) in ((string, byte[], int)[])[(halfway, begun, 200_000), (notBegun, wanted, 0)])
        {
            var refused = await tus.PatchAsync(upload, kept, file[kept..]);
            Assert.Equal((HttpStatusCode.InsufficientStorage, "storage.full"), (refused.Status, refused.Code));
            Assert.Equal(kept, (await tus.HeadAsync(upload)).Offset);
        }

        await disk.LeavesNothingStagedAsync();
        await disk.IsReadableAsync();

        disk.GiveBack();
        foreach (var (upload, file, kept) in ((string, byte[], int)[])[(halfway, begun, 200_000), (notBegun, wanted, 0)])
            disk.Note(await tus.PatchAsync(upload, kept, file[kept..]), file);
        await disk.AssertNothingIsLostAsync();
    }

    [Fact]
    public async Task What_is_kept_in_reserve_for_the_database_stays_free()
    {
        using var disk = await SmallDisk.StartAsync(DiskBytes, $"Storage:ReserveBytes={4 << 20}");

        await disk.SetAsideAsync(3 << 20);
        await disk.FillAsync(150);
        await disk.FillAsync(20);

        // What was taken last began above the line.
        Assert.InRange(disk.FreeBytes, (4 << 20) - 300_000, 4 << 20);
        disk.GiveBack();
        await disk.AssertNothingIsLostAsync();
    }

    // A thread's line is cut in two when another's comes in between: what it asks for is in the first, what it got in the second.
    private static bool HadShortWrite(IReadOnlyList<string> lines)
    {
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            if (Asked().Match(line) is { Success: true } count)
                asked[thread] = int.Parse(count.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture);
            if (
                Written().Match(line) is { Success: true } taken
                && int.Parse(taken.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture) < asked.GetValueOrDefault(thread)
            )
                return true;
        }

        return false;
    }

    [GeneratedRegex(@", (?<bytes>\d+), \d+(\) +=| <unfinished)", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();

    [GeneratedRegex(@"= (?<bytes>\d+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
