using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GoImg.Infrastructure.Database.Migrations.Manual;

/// <summary>How words become the forms they are found by, and the blocks of the images there are. Stemmers without stop words: with them phrases lose
/// "the" and German its "die". The rows themselves are written by a job.</summary>
[DbContext(typeof(GoImgDbContext))]
[Migration("20261130090000_SearchLanguages")]
internal sealed class SearchLanguages : Migration
{
    private const string Words = "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        CREATE TEXT SEARCH DICTIONARY goimg_english_stem (TEMPLATE = snowball, Language = english);
        CREATE TEXT SEARCH DICTIONARY goimg_german_stem (TEMPLATE = snowball, Language = german);
        CREATE TEXT SEARCH CONFIGURATION goimg_english (COPY = pg_catalog.simple);
        ALTER TEXT SEARCH CONFIGURATION goimg_english ALTER MAPPING FOR {Words} WITH unaccent, goimg_english_stem;
        CREATE TEXT SEARCH CONFIGURATION goimg_german (COPY = pg_catalog.simple);
        ALTER TEXT SEARCH CONFIGURATION goimg_german ALTER MAPPING FOR {Words} WITH unaccent, goimg_german_stem;
        ALTER TABLE image_search ALTER COLUMN document SET STATISTICS 1000;
        INSERT INTO search_blocks (number, starts_at, images) VALUES (1, '-infinity', 0);
        INSERT INTO search_blocks (number, starts_at, images)
        SELECT 1 + place / 20000, created_at, 0
        FROM (SELECT created_at, row_number() OVER (ORDER BY created_at) - 1 AS place FROM images) placed
        WHERE place > 0 AND place % 20000 = 0;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DELETE FROM search_blocks;
        ALTER TABLE image_search ALTER COLUMN document SET STATISTICS -1;
        DROP TEXT SEARCH CONFIGURATION goimg_german;
        DROP TEXT SEARCH CONFIGURATION goimg_english;
        DROP TEXT SEARCH DICTIONARY goimg_german_stem;
        DROP TEXT SEARCH DICTIONARY goimg_english_stem;
        """);
}
