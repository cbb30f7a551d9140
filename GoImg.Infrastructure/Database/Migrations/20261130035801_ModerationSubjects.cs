using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GoImg.Infrastructure.Database.Migrations
{
    /// <inheritdoc />
    public partial class ModerationSubjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_report_cases_images_image_id",
                table: "report_cases");

            migrationBuilder.DropForeignKey(
                name: "fk_reports_images_image_id",
                table: "reports");

            migrationBuilder.DropIndex(
                name: "ix_reports_once_per_member",
                table: "reports");

            migrationBuilder.DropIndex(
                name: "ix_report_cases_open",
                table: "report_cases");

            migrationBuilder.DropIndex(
                name: "ix_decisions_image_id",
                table: "decisions");

            migrationBuilder.RenameColumn(
                name: "image_id",
                table: "reports",
                newName: "subject_id");

            migrationBuilder.RenameColumn(
                name: "image_id",
                table: "report_cases",
                newName: "subject_id");

            migrationBuilder.AddColumn<string>(
                name: "subject_kind",
                table: "reports",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Image");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "report_cases",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "subject_deleted_at",
                table: "report_cases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "subject_kind",
                table: "report_cases",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Image");

            migrationBuilder.AlterColumn<Guid>(
                name: "member_id",
                table: "decisions",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "after",
                table: "decisions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "\'{}\'");

            migrationBuilder.AddColumn<string>(
                name: "before",
                table: "decisions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "\'{}\'");

            migrationBuilder.AddColumn<Guid>(
                name: "subject_id",
                table: "decisions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "subject_kind",
                table: "decisions",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Image");

            migrationBuilder.AddColumn<bool>(
                name: "is_removed",
                table: "comments",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "moderation_reason",
                table: "albums",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "albums",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Active");

            // What was an image or an account alone becomes a subject, and what was before and after it one value. The owner is on the case from now on.
            migrationBuilder.Sql(
                """
                UPDATE report_cases SET owner_id = images.owner_id FROM images WHERE images.id = subject_id;

                UPDATE decisions SET
                    subject_kind = CASE WHEN image_id IS NULL THEN 'Member' ELSE 'Image' END,
                    subject_id = coalesce(image_id, member_id),
                    before = CASE WHEN image_before IS NULL THEN '{}' ELSE jsonb_build_object('image', image_before) END
                          || CASE WHEN member_before IS NULL THEN '{}' ELSE jsonb_build_object('member', member_before) END,
                    after = CASE WHEN image_after IS NULL THEN '{}' ELSE jsonb_build_object('image', image_after) END
                          || CASE WHEN member_after IS NULL THEN '{}' ELSE jsonb_build_object('member', member_after) END;

                -- Deleted by staff as such; what they wrote themselves or had below their images they deleted like anyone.
                UPDATE comments SET is_removed = true FROM images, members
                WHERE images.id = comments.image_id AND members.id = comments.deleted_by_id AND members.role IN ('Moderator', 'Admin')
                  AND comments.deleted_by_id IS DISTINCT FROM comments.author_id AND comments.deleted_by_id <> images.owner_id;
                """);

            migrationBuilder.DropColumn(
                name: "image_after",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "image_before",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "image_id",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "member_after",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "member_before",
                table: "decisions");

            migrationBuilder.CreateIndex(
                name: "ix_reports_once_per_member",
                table: "reports",
                columns: new[] { "subject_kind", "subject_id", "reporter_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_report_cases_open",
                table: "report_cases",
                columns: new[] { "subject_kind", "subject_id" },
                unique: true,
                filter: "status IN ('Pending', 'Reviewing')");

            migrationBuilder.CreateIndex(
                name: "ix_report_cases_owner_id",
                table: "report_cases",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_subject_kind_subject_id",
                table: "decisions",
                columns: new[] { "subject_kind", "subject_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The release before knows reports of images alone, and no hold of an album: such an album becomes private.
            migrationBuilder.Sql(
                """
                DELETE FROM reports WHERE subject_kind <> 'Image' OR NOT EXISTS (SELECT FROM images WHERE images.id = subject_id);
                DELETE FROM report_cases WHERE subject_kind <> 'Image' OR NOT EXISTS (SELECT FROM images WHERE images.id = subject_id);
                DELETE FROM decisions WHERE member_id IS NULL;
                UPDATE albums SET visibility = 'Private' WHERE state <> 'Active';
                """);

            migrationBuilder.DropIndex(
                name: "ix_reports_once_per_member",
                table: "reports");

            migrationBuilder.DropIndex(
                name: "ix_report_cases_open",
                table: "report_cases");

            migrationBuilder.DropIndex(
                name: "ix_report_cases_owner_id",
                table: "report_cases");

            migrationBuilder.DropIndex(
                name: "ix_decisions_subject_kind_subject_id",
                table: "decisions");

            migrationBuilder.AddColumn<string>(
                name: "image_after",
                table: "decisions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "image_before",
                table: "decisions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "image_id",
                table: "decisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "member_after",
                table: "decisions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "member_before",
                table: "decisions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.Sql(
                """
                UPDATE decisions SET
                    image_id = CASE WHEN subject_kind = 'Image' THEN subject_id END,
                    image_before = before->'image', image_after = after->'image', member_before = before->'member', member_after = after->'member';
                """);

            migrationBuilder.DropColumn(
                name: "subject_kind",
                table: "reports");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "report_cases");

            migrationBuilder.DropColumn(
                name: "subject_deleted_at",
                table: "report_cases");

            migrationBuilder.DropColumn(
                name: "subject_kind",
                table: "report_cases");

            migrationBuilder.DropColumn(
                name: "after",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "before",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "subject_id",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "subject_kind",
                table: "decisions");

            migrationBuilder.DropColumn(
                name: "is_removed",
                table: "comments");

            migrationBuilder.DropColumn(
                name: "moderation_reason",
                table: "albums");

            migrationBuilder.DropColumn(
                name: "state",
                table: "albums");

            migrationBuilder.RenameColumn(
                name: "subject_id",
                table: "reports",
                newName: "image_id");

            migrationBuilder.RenameColumn(
                name: "subject_id",
                table: "report_cases",
                newName: "image_id");

            migrationBuilder.AlterColumn<Guid>(
                name: "member_id",
                table: "decisions",
                type: "uuid",
                nullable: false,
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_reports_once_per_member",
                table: "reports",
                columns: new[] { "image_id", "reporter_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_report_cases_open",
                table: "report_cases",
                column: "image_id",
                unique: true,
                filter: "status IN ('Pending', 'Reviewing')");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_image_id",
                table: "decisions",
                column: "image_id");

            migrationBuilder.AddForeignKey(
                name: "fk_report_cases_images_image_id",
                table: "report_cases",
                column: "image_id",
                principalTable: "images",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_reports_images_image_id",
                table: "reports",
                column: "image_id",
                principalTable: "images",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
