using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GoImg.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class ApiKeysAndListedAlbums : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "edited_at",
                table: "members",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: true),
                    request_bytes = table.Column<long>(type: "bigint", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    etag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.member_id, x.key });
                    table.ForeignKey(
                        name: "fk_idempotency_keys_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_albums_listed",
                table: "albums",
                columns: new[] { "created_at", "id" },
                descending: new bool[0],
                filter: "state = 'Active' AND visibility = 'Public' AND deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_claimed_at",
                table: "idempotency_keys",
                column: "claimed_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropIndex(
                name: "ix_albums_listed",
                table: "albums");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "members");
        }
    }
}
