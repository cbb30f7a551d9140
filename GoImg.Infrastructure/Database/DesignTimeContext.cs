using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace GoImg.Infrastructure.Database;

/// <summary>For <c>dotnet ef</c> alone, which only reads the model: no server is asked.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<GoImgDbContext>
{
    public GoImgDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<GoImgDbContext>().UseNpgsql("Host=localhost;Database=goimg").Options);
}
