using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace GoImg.Web.Hosting;

/// <summary><c>Telemetry</c>: where this process sends its metrics by OTLP. Read at the start.</summary>
internal sealed class TelemetryOptions : IValidatedOptions
{
    public static string Section => "Telemetry";

    /// <summary>Address of a collector, such as <c>http://127.0.0.1:4317</c>, or over HTTP <c>http://127.0.0.1:4318/v1/metrics</c>. Null: nothing is sent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    public OtlpExportProtocol OtlpProtocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>At least a second; what was counted last is sent at the end too.</summary>
    public TimeSpan ExportInterval { get; set; } = TimeSpan.FromMinutes(1);

    public void Check(OptionRules rules)
    {
        rules.Holds(
            OtlpEndpoint is not { } endpoint || (endpoint.IsAbsoluteUri && endpoint.Scheme is ("http" or "https")),
            $"Telemetry:OtlpEndpoint is \"{OtlpEndpoint}\"; it must be an http or https address."
        );
        rules.Holds(Enum.IsDefined(OtlpProtocol), $"Telemetry:OtlpProtocol is {OtlpProtocol}; it must be Grpc or HttpProtobuf.");
        rules.Holds(
            ExportInterval >= TimeSpan.FromSeconds(1) && ExportInterval <= TimeSpan.FromHours(1),
            $"Telemetry:ExportInterval is {ExportInterval}; it must be between a second and an hour."
        );
    }
}

internal static class Telemetry
{
    // Ours, and those of what a request goes through.
    private static readonly string[] Meters =
    [
        "GoImg.*",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components*",
        "Npgsql",
        "System.Runtime",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddValidatedOptions<TelemetryOptions>(configuration);
        if (options.OtlpEndpoint is not { } endpoint)
            return services;

        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("goimg", serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3)))
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(Meters)
                    .AddOtlpExporter(
                        (exporter, reader) =>
                        {
                            exporter.Endpoint = endpoint;
                            exporter.Protocol = options.OtlpProtocol;
                            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.ExportInterval.TotalMilliseconds;
                        }
                    )
            );
        return services;
    }
}
