using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Jobs;
using GoImg.Core.Shared;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Jobs;

public sealed class JobsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_sees_why_a_job_failed_and_retries_it_and_the_image_becomes_ready()
    {
        await using var app = await GoImgApp.StartAsync("GOIMG_FAILPOINTS=prepare.after-render:error*2", "Jobs:RetryDelays:0=00:00:00.01");
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));
        var image = await app.WaitForImageAsync((await ana.UploadAsync(Pictures.Png())).Value().ImageId, ImageState.Failed);
        await Eventually.TrueAsync(async () => await app.ExecuteSqlAsync("UPDATE jobs SET priority = priority WHERE state = 'Dead'") == 1);

        var page = await ada.Http.GetStringAsync("/moderation/jobs?state=Dead", Ct);
        Assert.Contains("The failpoint prepare.after-render says so.", page, StringComparison.Ordinal);
        Assert.Contains($"/i/{image.Slug}", page, StringComparison.Ordinal);
        using (
            var retried = await ada.Http.PostFormAsync(
                "/moderation/jobs?state=Dead",
                null,
                new() { ["id"] = HiddenId(page) },
                "/moderation/jobs/retry"
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, retried.StatusCode);

        await app.WaitForImageAsync(image.Id, ImageState.Active);
        Assert.Contains("image.prepare", await ada.Http.GetStringAsync("/moderation/audit?action=job.retried", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_failed_of_a_kind_are_retried_or_discarded_after_a_question_and_it_stands_in_the_audit_log()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ada = await app.SignUpAsync("ada", Role.Admin);
        await DeadAsync(app, "'{\"image_id\": \"0197a000-0000-7000-8000-000000000001\"}'", 250);
        await DeadAsync(app, "'[]'", 1);

        var question = await ada.Http.GetStringAsync("/moderation/jobs/confirm?act=retry&kind=image.prepare", Ct);
        Assert.Contains("Retry 251 failed jobs?", question, StringComparison.Ordinal);
        using (
            await ada.Http.PostFormAsync(
                "/moderation/jobs/confirm?act=retry&kind=image.prepare",
                null,
                new() { ["kind"] = "image.prepare" },
                "/moderation/jobs/retry"
            )
        )
            Assert.Equal(
                251,
                await app.ExecuteSqlAsync(
                    "UPDATE jobs SET state = 'Dead', finished_at = now() WHERE state = 'Waiting' AND attempts = 0 AND kind = 'image.prepare'"
                )
            );
        using (
            await ada.Http.PostFormAsync(
                "/moderation/jobs/confirm?act=discard&kind=image.prepare",
                null,
                new() { ["kind"] = "image.prepare" },
                "/moderation/jobs/discard"
            )
        )
            Assert.Equal(0, await app.ExecuteSqlAsync("UPDATE jobs SET state = 'Dead' WHERE kind = 'image.prepare'"));

        var log = await ada.Http.GetStringAsync("/moderation/audit?action=job.discarded", Ct);
        Assert.Contains("100 jobs", log, StringComparison.Ordinal);
        Assert.Contains("51 jobs", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged_and_a_single_job_is_discarded()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var ada = await app.SignUpAsync("ada", Role.Admin);
        await DeadAsync(app, "'{}'", 120);

        var first = await app.InScopeAsync<IJobQueries, Result<Page<JobView>>>(b =>
            b.ListAsync(ada.Actor, new JobFilter(JobState.Dead, "image.prepare"), null, 100, Ct)
        );
        var second = await app.InScopeAsync<IJobQueries, Result<Page<JobView>>>(b =>
            b.ListAsync(ada.Actor, new JobFilter(JobState.Dead), first.Value.Next, 100, Ct)
        );
        Assert.Equal(
            (100, 20, 120),
            (first.Value.Items.Count, second.Value.Items.Count, first.Value.Items.Concat(second.Value.Items).Select(j => j.Id).Distinct().Count())
        );
        Assert.Empty(
            (await app.InScopeAsync<IJobQueries, Result<Page<JobView>>>(b => b.ListAsync(ada.Actor, new JobFilter(JobState.Running), null, 100, Ct)))
                .Value
                .Items
        );

        var one = second.Value.Items[0].Id;
        Assert.Contains(
            "Discard this job?",
            await ada.Http.GetStringAsync($"/moderation/jobs/confirm?act=discard&id={one}", Ct),
            StringComparison.Ordinal
        );
        using (
            await ada.Http.PostFormAsync(
                $"/moderation/jobs/confirm?act=discard&id={one}",
                null,
                new() { ["id"] = one.ToString() },
                "/moderation/jobs/discard"
            )
        )
            Assert.Equal(119, await app.ExecuteSqlAsync("UPDATE jobs SET state = state WHERE state = 'Dead'"));
        using var gone = await ada.GetAsync($"/moderation/jobs/confirm?act=discard&id={one}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_done_is_listed_when_asked_for_and_no_title_of_an_image_that_is_not_public()
    {
        await using var app = await GoImgApp.StartAsync();
        var (ana, ada) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ada", Role.Admin));
        var (shown, hidden) = (await ana.HasImageAsync(), await ana.HasImageAsync(seed: 2));
        await app.ExecuteSqlAsync("DELETE FROM jobs");
        await app.ExecuteSqlAsync($"UPDATE images SET title = 'Harbour' WHERE id = '{shown.Id}'");
        await app.ExecuteSqlAsync($"UPDATE images SET title = 'Diary', visibility = 'Private' WHERE id = '{hidden.Id}'");
        await DeadAsync(app, $"jsonb_build_object('image_id', '{shown.Id}')", 1);
        await DeadAsync(app, $"jsonb_build_object('image_id', '{hidden.Id}')", 1);
        await app.ExecuteSqlAsync("UPDATE jobs SET state = 'Done' WHERE payload->>'image_id' = (SELECT id::text FROM images WHERE title = 'Diary')");

        var unfinished = await ada.Http.GetStringAsync("/moderation/jobs", Ct);
        var all = await ada.Http.GetStringAsync("/moderation/jobs?state=all", Ct);

        Assert.Contains("Harbour", unfinished, StringComparison.Ordinal);
        Assert.Contains($"/i/{shown.Slug}/thumb", unfinished, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.Slug, unfinished, StringComparison.Ordinal);
        Assert.Contains($"href=\"/i/{hidden.Slug}\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Diary", all, StringComparison.Ordinal);
        Assert.DoesNotContain($"/i/{hidden.Slug}/thumb", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moderators_and_members_can_neither_look_nor_touch()
    {
        await using var app = await GoImgApp.StartAsync(GoImgApp.NoJobs);
        var (ana, mia) = (await app.SignUpAsync("ana"), await app.SignUpAsync("mia", Role.Moderator));
        await DeadAsync(app, "'{}'", 1);

        foreach (var member in new[] { ana, mia })
        {
            using var page = await member.GetAsync("/moderation/jobs");
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            Assert.IsType<NotFound>((await app.InScopeAsync<IJobQueries, Result<JobOverview>>(b => b.OverviewAsync(member.Actor, Ct))).Error);
            Assert.IsType<NotFound>((await app.InScopeAsync<ManageJobs, Result<int>>(m => m.RetryAllAsync(member.Actor, "image.prepare", Ct))).Error);
            Assert.IsType<NotFound>((await app.InScopeAsync<ManageJobs, Result>(m => m.DiscardAsync(member.Actor, Guid.Empty, Ct))).Error);
        }
    }

    private static Task<int> DeadAsync(GoImgApp app, string payload, int count) =>
        app.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (id, kind, payload, priority, state, run_at, turn_at, attempts, created_at, finished_at, last_error)
            SELECT gen_random_uuid(), 'image.prepare', {payload}::jsonb, 10, 'Dead', now(), now(), 4, now() - interval '1 minute' * n, now(), 'no luck' FROM generate_series(1, {count}) n
            """
        );

    private static string HiddenId(string html)
    {
        const string Before = "name=\"id\" value=\"";
        var from = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return html[from..html.IndexOf('"', from)];
    }
}
