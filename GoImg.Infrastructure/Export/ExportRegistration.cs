using GoImg.Core.Export;
using Microsoft.Extensions.DependencyInjection;

namespace GoImg.Infrastructure.Export;

public static class ExportRegistration
{
    public static IServiceCollection AddExport(this IServiceCollection services)
    {
        services.AddScoped<ExportAccount>();
        services.AddScoped<IExports, ExportRepository>();
        services.AddScoped<IExportArchive, ZipExport>();
        // The order they lie in the zip.
        services.AddScoped<IExportPart, ProfilePart>();
        services.AddScoped<IExportPart, SettingsPart>();
        services.AddScoped<IExportPart, AccessTokensPart>();
        services.AddScoped<IExportPart, ImagesPart>();
        services.AddScoped<IExportPart, AlbumsPart>();
        services.AddScoped<IExportPart, CommentsPart>();
        services.AddScoped<IExportPart, LikesPart>();
        services.AddScoped<IExportPart, ReportsPart>();
        services.AddScoped<IExportPart, DecisionsPart>();
        return services;
    }
}
