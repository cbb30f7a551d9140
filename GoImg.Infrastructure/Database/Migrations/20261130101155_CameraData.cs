using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GoImg.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class CameraData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Search seeks by these and has a migration of its own for them: whichever comes first adds them.
            migrationBuilder.Sql(
                """
                ALTER TABLE images
                    ADD COLUMN IF NOT EXISTS camera_make character varying(100),
                    ADD COLUMN IF NOT EXISTS camera_model character varying(100),
                    ADD COLUMN IF NOT EXISTS lens character varying(200),
                    ADD COLUMN IF NOT EXISTS taken_at timestamp with time zone
                """
            );

            migrationBuilder.AddColumn<string>(
                name: "camera_details",
                table: "images",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "camera_shown",
                table: "images",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<long>(
                name: "crc32",
                table: "images",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "facts_version",
                table: "images",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ix_images_facts_version_id",
                table: "images",
                columns: new[] { "facts_version", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_images_facts_version_id",
                table: "images");

            migrationBuilder.DropColumn(
                name: "camera_details",
                table: "images");

            migrationBuilder.DropColumn(
                name: "camera_shown",
                table: "images");

            migrationBuilder.DropColumn(
                name: "crc32",
                table: "images");

            migrationBuilder.DropColumn(
                name: "facts_version",
                table: "images");

            migrationBuilder.Sql(
                """
                ALTER TABLE images
                    DROP COLUMN IF EXISTS camera_make,
                    DROP COLUMN IF EXISTS camera_model,
                    DROP COLUMN IF EXISTS lens,
                    DROP COLUMN IF EXISTS taken_at
                """
            );

        }
    }
}
