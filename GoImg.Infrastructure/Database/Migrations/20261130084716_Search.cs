using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace GoImg.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_images_search_text",
                table: "images");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "images");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .Annotation("Npgsql:PostgresExtension:unaccent", ",,");

            migrationBuilder.AddColumn<string>(
                name: "camera_make",
                table: "images",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "camera_model",
                table: "images",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lens",
                table: "images",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "taken_at",
                table: "images",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "image_search",
                columns: table => new
                {
                    image_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    document = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false),
                    words = table.Column<string[]>(type: "text[]", nullable: false),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_search", x => x.image_id);
                });

            migrationBuilder.CreateTable(
                name: "search_blocks",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    images = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_blocks", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "search_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "text", nullable: false),
                    images = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_words", x => x.word);
                });

            migrationBuilder.CreateTable(
                name: "tag_counts",
                columns: table => new
                {
                    tag = table.Column<string>(type: "text", nullable: false),
                    images = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tag_counts", x => x.tag);
                });

            migrationBuilder.CreateIndex(
                name: "ix_image_search_document",
                table: "image_search",
                column: "document")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:fastupdate", false);

            migrationBuilder.CreateIndex(
                name: "ix_search_words_alike",
                table: "search_words",
                column: "word")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_search_words_unused",
                table: "search_words",
                column: "images",
                filter: "images <= 0");

            migrationBuilder.CreateIndex(
                name: "ix_tag_counts_images_tag",
                table: "tag_counts",
                columns: new[] { "images", "tag" },
                descending: new[] { true, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "image_search");

            migrationBuilder.DropTable(
                name: "search_blocks");

            migrationBuilder.DropTable(
                name: "search_words");

            migrationBuilder.DropTable(
                name: "tag_counts");

            migrationBuilder.DropColumn(
                name: "camera_make",
                table: "images");

            migrationBuilder.DropColumn(
                name: "camera_model",
                table: "images");

            migrationBuilder.DropColumn(
                name: "lens",
                table: "images");

            migrationBuilder.DropColumn(
                name: "taken_at",
                table: "images");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .OldAnnotation("Npgsql:PostgresExtension:unaccent", ",,");

            migrationBuilder.AddColumn<NpgsqlTsVector>(
                name: "search_text",
                table: "images",
                type: "tsvector",
                nullable: true,
                computedColumnSql: "setweight(to_tsvector('simple', title), 'A') || array_to_tsvector(tags) || setweight(to_tsvector('simple', description), 'C')",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_images_search_text",
                table: "images",
                column: "search_text")
                .Annotation("Npgsql:IndexMethod", "gin");
        }
    }
}
