using GoImg.Core.Health;
using GoImg.Infrastructure.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Health;

internal sealed class DatabaseCheck(IServiceScopeFactory scopes) : IDependencyCheck
{
    public string Name => "database";

    public bool IsVital => true;

    public async Task<DependencyReport> CheckAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GoImgDbContext>();
        var version = await db.Database.SqlQuery<string>($"SELECT current_setting('server_version') AS \"Value\"").SingleAsync(cancellationToken);
        return new(Name, DependencyState.Ok, "", $"PostgreSQL {version}");
    }
}
