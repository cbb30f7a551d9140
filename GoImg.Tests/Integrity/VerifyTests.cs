using System.Text.Json;
using GoImg.Core.Images;
using GoImg.Core.Integrity;
using GoImg.Core.Storage;
using GoImg.Tests.Commands;
using GoImg.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Tests.Integrity;

public sealed class VerifyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gallery_with_images_in_every_state_is_clean()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var ready = await ana.HasImageAsync();
        await ana.UploadAsync(Pictures.Undecodable());
        var trashed = await ana.HasImageAsync(seed: 2);
        await app.InScopeAsync<Trash, Core.Shared.Result>(trash => trash.MoveAsync(ana.Actor, trashed.Id, Ct));
        using (await app.Anonymous.GetAsync($"/i/{ready.Slug}/large", Ct))
        {
            // A JPEG made by the way is noted as well.
        }

        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.Zero));
    }

    [Fact]
    public async Task Every_kind_of_damage_is_found()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var images = new List<Image>();
        for (var seed = 1; seed <= 8; seed++)
            images.Add(await ana.HasImageAsync(seed: seed));
        var store = app.Services.GetRequiredService<IObjectStore>();
        string Large(int i) => ImageObjectKeys.Rendition(images[i].Id, images[i].RenditionSet, "thumbnail.webp").Value;
        string Original(int i) => ImageObjectKeys.Original(images[i].Id).Value;

        await store.DeleteAsync(ObjectKey.Parse(Original(0)), Ct);
        app.Damage(Original(1), bytes => bytes[..^1]);
        app.FlipABit(Original(2));
        await store.DeleteAsync(ObjectKey.Parse(Large(3)), Ct);
        app.Damage(Large(4), bytes => [.. bytes, 0]);
        app.FlipABit(Large(5));
        await app.ExecuteSqlAsync($"UPDATE images SET state = 'Processing' WHERE id = '{images[6].Id}'");
        await app.ExecuteSqlAsync($"UPDATE images SET renditions = '[]', rendition_set = '' WHERE id = '{images[7].Id}'");
        var orphan = ImageObjectKeys.Original(ImageId.New());
        await store.PutAsync(orphan, new MemoryStream([1]), Ct);
        await app.ExecuteSqlAsync("UPDATE member_usage SET bytes = bytes + 1");
        var lostCase = Guid.CreateVersion7();
        await app.ExecuteSqlAsync(
            $"""
            INSERT INTO report_cases (id, subject_kind, subject_id, status, report_count, opened_at, version)
            VALUES ('{lostCase}', 'Comment', '{images[0].Id}', 'Pending', 1, now(), 0),
                   (gen_random_uuid(), 'Image', '{images[
                0
            ].Id}', 'Pending', 1, now(), 0), (gen_random_uuid(), 'Member', '{ana.Id}', 'Dismissed', 1, now(), 0)
            """
        );
        await app.ExecuteSqlAsync(
            """
            INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, lease_token, lease_until, holder, created_at)
            SELECT gen_random_uuid(), 'left.behind', '{}', 10, 'Running', now(), now(), 1, gen_random_uuid(), now() - interval '1 day', 1, now()
            """
        );

        var quick = await app.VerifyAsync(isDeep: false, TimeSpan.Zero);
        var deep = await app.VerifyAsync(isDeep: true, TimeSpan.Zero);

        (FindingKind, string?)[] byLength =
        [
            (FindingKind.OriginalMissing, Original(0)),
            (FindingKind.OriginalDamaged, Original(1)),
            (FindingKind.RenditionMissing, Large(3)),
            (FindingKind.RenditionDamaged, Large(4)),
            (FindingKind.ImageStuck, images[6].Id.ToString()),
            (FindingKind.NotRendered, images[7].Id.ToString()),
            (FindingKind.OrphanObject, orphan.Value),
            (FindingKind.WrongUsage, ana.Id.ToString()),
            (FindingKind.LostCase, lostCase.ToString()),
        ];
        Assert.Superset(byLength.ToHashSet(), Told(quick));
        Assert.Contains(quick, f => f is { Kind: FindingKind.OrphanJob } && f.Detail.StartsWith("left.behind", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<(FindingKind, string?)>([.. byLength, (FindingKind.OriginalDamaged, Original(2)), (FindingKind.RenditionDamaged, Large(5))]),
            Told(deep)
        );
        Assert.Single(quick, f => f.Kind == FindingKind.LostCase);
        Assert.DoesNotContain((FindingKind.OriginalDamaged, Original(2)), Told(quick));
    }

    [Fact]
    public async Task Infected_bytes_outside_the_quarantine_are_found_and_young_objects_without_an_image_are_left_alone()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();
        await app.ExecuteSqlAsync("UPDATE images SET state = 'Quarantined'");
        var store = app.Services.GetRequiredService<IObjectStore>();
        await store.PutAsync(ImageObjectKeys.Quarantine(image.Id), new MemoryStream(Pictures.Png()), Ct);
        await store.PutAsync(ImageObjectKeys.Original(ImageId.New()), new MemoryStream([1]), Ct);

        Assert.Empty(await app.VerifyAsync(isDeep: true, TimeSpan.FromDays(1)));
        var findings = await app.VerifyAsync(isDeep: true, TimeSpan.Zero);

        Assert.Contains((FindingKind.QuarantineLeaks, (string?)ImageObjectKeys.Original(image.Id).Value), Told(findings));
        Assert.Single(findings, f => f.Kind == FindingKind.OrphanObject);
    }

    [Fact]
    public async Task Pages_join_without_a_gap_when_there_are_more_images_than_one_holds()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");
        var one = (await ana.UploadAsync(Pictures.Png())).Value();
        await app.CopyRowAsync(one.ImageId, 1203, """{"state": "Failed"}""");

        var findings = await app.VerifyAsync(isDeep: false, TimeSpan.Zero);

        Assert.Equal(1203, findings.Count(f => f.Kind == FindingKind.OriginalMissing));
        Assert.DoesNotContain(findings, f => f.Subject == ImageObjectKeys.Original(one.ImageId).Value);
        Assert.Equal(1203, findings.Where(f => f.Kind == FindingKind.OriginalMissing).Select(f => f.Subject).Distinct().Count());
    }

    [Fact]
    public async Task The_command_tells_by_its_exit_code_and_in_words_and_json()
    {
        await using var app = await GoImgApp.StartAsync();
        var ana = await app.SignUpAsync("ana");
        var image = await ana.HasImageAsync();

        var clean = await CommandRun.Async(app, "verify", "--deep");
        app.FlipABit(ImageObjectKeys.Original(image.Id).Value);
        var damaged = await CommandRun.Async(app, "verify", "--deep", "--json");
        var byLength = await CommandRun.Async(app, "verify", "--json");
        var away = await CommandRun.Async("Host=127.0.0.1;Port=1", app.DataPath, "verify");
        var misused = await CommandRun.Async(app, "verify", "everything");

        Assert.Equal(0, clean.Code);
        Assert.Contains("1 images and 2 objects checked, every byte: all is well.", clean.Output, StringComparison.Ordinal);
        Assert.Equal((1, 0, 2, 2), (damaged.Code, byLength.Code, away.Code, misused.Code));
        using var json = JsonDocument.Parse(damaged.Output);
        Assert.False(json.RootElement.GetProperty("clean").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("original_damaged").GetInt32());
        Assert.Equal("original_damaged", json.RootElement.GetProperty("findings")[0].GetProperty("kind").GetString());
        Assert.True(JsonDocument.Parse(byLength.Output).RootElement.GetProperty("clean").GetBoolean());
    }

    private static HashSet<(FindingKind, string?)> Told(IEnumerable<Finding> findings) => [.. findings.Select(f => (f.Kind, (string?)f.Subject))];
}
