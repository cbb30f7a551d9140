using System.Security.Cryptography;
using GoImg.Core.Shared;
using GoImg.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GoImg.Demo;

/// <summary><c>--demo</c>: fills the gallery behind the running site, so that the page is there at once and fills.</summary>
internal sealed partial class DemoService(DemoGallery gallery, DemoOptions options, IHostApplicationLifetime lifetime, ILogger<DemoService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        try
        {
            await FillAsync(stoppingToken);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // The demonstration is an extra: the site stays up without it.
            LogBroken(logger, broken);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!await gallery.IsFreeAsync(cancellationToken))
        {
            await Console.Out.WriteLineAsync("\nThis gallery has pictures of its own, so no demonstration was put into it.\n");
            return;
        }

        var before = await gallery.CountAsync(cancellationToken);
        if (before >= options.Pictures)
        {
            await Console.Out.WriteLineAsync("\nThe demonstration is in this gallery already.\n");
            return;
        }

        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        var isNew = before == 0;
        var people = await gallery.MoveInAsync(password, cancellationToken);
        if (isNew)
        {
            await Console.Out.WriteLineAsync(
                $"\nDemonstration: {options.Pictures} pictures are being painted; the page fills by itself.\n"
                    + $"Sign in as {string.Join(", ", DemoPerson.All.Select(p => p.Username))} ({DemoPerson.Moderator} is a moderator).\n"
                    + $"The password of all of them, shown only now: {password}\n"
            );
        }

        for (var number = 0; number < options.Pictures; number++)
            await gallery.UploadAsync(people, number, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await gallery.CountWaitingAsync(cancellationToken) > 0)
            await tick.WaitForNextTickAsync(cancellationToken);
        await gallery.LiveAsync(people, cancellationToken);
        LogFilled(logger, options.Pictures);
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    [LoggerMessage(LogLevel.Information, "The demonstration is complete: {Pictures} pictures.")]
    private static partial void LogFilled(ILogger logger, int pictures);

    [LoggerMessage(LogLevel.Error, "The demonstration could not be completed.")]
    private static partial void LogBroken(ILogger logger, Exception reason);
}

/// <summary>What <c>--demo</c> fills the gallery with.</summary>
public sealed record DemoOptions : IValidatedOptions
{
    private const int Usual = 200;

    public static string Section => "Demo";

    /// <summary>0: no demonstration.</summary>
    public int Pictures { get; init; }

    /// <summary><c>--demo</c> as people type it, in the form that configuration understands.</summary>
    public static string[] Expand(string[] args) => [.. args.Select(a => a == "--demo" ? $"--Demo:Pictures={Usual}" : a)];

    public void Check(OptionRules rules) => rules.Range(Pictures, 0, 100_000, "no demonstration");
}

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.AddValidatedOptions<DemoOptions>(configuration).Pictures == 0)
            return services;

        services.AddSingleton<DemoGallery>();
        services.AddHostedService<DemoService>();
        return services;
    }
}
