using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GoImg.Infrastructure.Database.Migrations.Manual;

/// <summary>Likes and comments of members who are suspended or banned are counted no more; from here on a job sees to it.</summary>
[DbContext(typeof(GoImgDbContext))]
[Migration("20261130120000_CountsWithoutHiddenMembers")]
internal sealed class CountsWithoutHiddenMembers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Recount("m.status = 'Active'"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Recount("true"));

    private static string Recount(string isCounted) =>
        $"""
        UPDATE image_counters c SET
            likes = (SELECT count(*) FROM likes l JOIN members m ON m.id = l.member_id WHERE l.image_id = c.image_id AND {isCounted}),
            comments = (
                SELECT count(*) FROM comments k LEFT JOIN members m ON m.id = k.author_id
                WHERE k.image_id = c.image_id AND k.deleted_at IS NULL AND (k.author_id IS NULL OR {isCounted}))
        WHERE image_id IN (
            SELECT l.image_id FROM likes l JOIN members h ON h.id = l.member_id WHERE h.status <> 'Active'
            UNION
            SELECT k.image_id FROM comments k JOIN members h ON h.id = k.author_id WHERE h.status <> 'Active')
        """;
}
