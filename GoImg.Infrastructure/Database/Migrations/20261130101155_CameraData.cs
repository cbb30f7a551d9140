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

        }
    }
}
