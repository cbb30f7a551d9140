using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GoImg.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class AlbumTrashAndBulkChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                table: "albums",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bulk_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    images = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_bulk_changes_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_albums_deleted_at",
                table: "albums",
                column: "deleted_at",
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bulk_changes_made_at",
                table: "bulk_changes",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "ix_bulk_changes_member_id",
                table: "bulk_changes",
                column: "member_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Before there was a trash, deleted was gone.
            migrationBuilder.Sql("DELETE FROM albums WHERE deleted_at IS NOT NULL");
            migrationBuilder.DropTable(
                name: "bulk_changes");

            migrationBuilder.DropIndex(
                name: "ix_albums_deleted_at",
                table: "albums");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "albums");
        }
    }
}
