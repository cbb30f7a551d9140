using System.Data.Common;
using System.Text.Json;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Database;
using GoImg.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace GoImg.Tests.Database;

/// <summary>How PostgreSQL answers the lists over some thousand rows: along an index, with so many pages of memory touched a row and no more, and without
/// sorting more than a page. What holds here holds for any number of rows, but for a level more in each index.</summary>
public sealed class ListPlanTests
{
    private const int Shown = 60;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_a_list_touches_ten_buffers_and_four_a_row_and_sorts_no_more_than_it_shows()
    {
        await using var gallery = await Gallery.OpenAsync();
        var (ana, bea) = (await gallery.MemberAsync("ana"), await gallery.MemberAsync("bea"));
        var first = await gallery.ImageAsync(ana);
        await FillAsync(gallery, first, bea);
        var plans = new PlanReader();
        await using var source = NpgsqlDataSource.Create(gallery.ConnectionString);
        var options = new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql(source).AddInterceptors(plans);
        var after = new Cursor(gallery.Clock.GetUtcNow().AddDays(-20), Guid.Empty);

        var found = new Dictionary<string, IReadOnlyList<Plan>>
        {
            ["explore"] = await ReadAsync(q => q.ExploreAsync(null, Shown, Stop)),
            ["explore, later"] = await ReadAsync(q => q.ExploreAsync(after, Shown, Stop)),
            ["member"] = await ReadAsync(q => q.ByMemberAsync(ana.MemberId!.Value, null, Shown, Stop)),
            ["member, later"] = await ReadAsync(q => q.ByMemberAsync(ana.MemberId!.Value, after, Shown, Stop)),
            ["library"] = await ReadAsync(q => q.LibraryAsync(ana, new LibraryFilter(), null, Shown, Stop)),
        };

        foreach (var (list, statements) in found)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{list}: {string.Join(", ", statements.Select(p => $"{p.Buffers} buffers for {p.Rows} rows"))}"
            );
            var plan = Assert.Single(statements);
            Assert.Equal(Shown + 1, plan.Rows);
            Assert.True(plan.Buffers <= 10 + 4 * plan.Rows, $"{list}: {plan.Buffers} buffers for {plan.Rows} rows.\n{plan.Text}");
            Assert.DoesNotContain(plan.Nodes, node => node is { Type: "Seq Scan", Relation: "images" or "image_counters" or "likes" });
            Assert.DoesNotContain(plan.Nodes, node => node.Type.Contains("Sort", StringComparison.Ordinal) && node.Rows > Shown + 1);
        }

        async Task<IReadOnlyList<Plan>> ReadAsync<T>(Func<IImageQueries, Task<Page<T>>> list)
        {
            await using var db = new GoImgDbContext(options.Options);
            plans.Found.Clear();
            await list(new GoImg.Infrastructure.Images.ImageQueries(db, new GoImg.Infrastructure.Images.ImageLists(db)));
            return [.. plans.Found];
        }
    }

    // 6,000 images of two members over sixty days.
    private static Task<int> FillAsync(Gallery gallery, Image image, Actor other) =>
        gallery.AskAsync<GoImgDbContext, int>(async db =>
        {
            var columns = string.Join(
                ", ",
                await db
                    .Database.SqlQuery<string>(
                        $"SELECT quote_ident(column_name) AS \"Value\" FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'images' AND is_generated = 'NEVER'"
                    )
                    .ToListAsync(Stop)
            );
            return await db.Database.ExecuteSqlRawAsync(
                    $$"""
                    INSERT INTO images ({{columns}})
                    SELECT {{columns}} FROM (
                        SELECT row.* FROM images, generate_series(1, 6000) n, jsonb_populate_record(images, jsonb_build_object(
                            'id', gen_random_uuid(), 'slug', lpad(n::text, 16, 'x'), 'sha256', sha256(n::text::bytea),
                            'owner_id', CASE WHEN n % 3 = 0 THEN '{{other.MemberId}}' ELSE owner_id::text END,
                            'created_at', created_at - n * interval '14 minutes')) row
                        WHERE images.id = '{{image.Id}}') rows;
                    INSERT INTO image_counters (image_id, likes, comments, views) SELECT id, 1, 0, 0 FROM images ON CONFLICT DO NOTHING;
                    """.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
                    Stop
                ) + await AnalyzeAsync(gallery);
        });

    private static async Task<int> AnalyzeAsync(Gallery gallery)
    {
        await using var connection = new NpgsqlConnection(gallery.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("VACUUM (ANALYZE)", connection);
        return await command.ExecuteNonQueryAsync(Stop);
    }

    private sealed record Node(string Type, string? Relation, double Rows);

    private sealed record Plan(long Buffers, int Rows, IReadOnlyList<Node> Nodes, string Text);

    /// <summary>Has each statement explained as it is asked.</summary>
    private sealed class PlanReader : DbCommandInterceptor
    {
        public List<Plan> Found { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            await using var explain = new NpgsqlCommand(
                "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + command.CommandText,
                (NpgsqlConnection)command.Connection!
            );
            foreach (NpgsqlParameter parameter in command.Parameters)
                explain.Parameters.Add(parameter.Clone());
            // once for what the planner itself reads
            await explain.ExecuteScalarAsync(cancellationToken);
            var text = (string)(await explain.ExecuteScalarAsync(cancellationToken))!;
            using var json = JsonDocument.Parse(text);
            var top = json.RootElement[0].GetProperty("Plan");
            Found.Add(
                new Plan(
                    top.GetProperty("Shared Hit Blocks").GetInt64() + top.GetProperty("Shared Read Blocks").GetInt64(),
                    (int)top.GetProperty("Actual Rows").GetDouble(),
                    [.. NodesOf(top)],
                    text
                )
            );
            return result;
        }

        private static IEnumerable<Node> NodesOf(JsonElement plan)
        {
            yield return new Node(
                plan.GetProperty("Node Type").GetString()!,
                plan.TryGetProperty("Relation Name", out var relation) ? relation.GetString() : null,
                plan.GetProperty("Actual Rows").GetDouble()
            );
            if (plan.TryGetProperty("Plans", out var below))
                foreach (var node in below.EnumerateArray().SelectMany(NodesOf))
                    yield return node;
        }
    }
}
