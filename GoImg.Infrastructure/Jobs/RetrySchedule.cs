using System.Security.Cryptography;

namespace GoImg.Infrastructure.Jobs;

/// <summary>When a failed job is tried again.</summary>
internal sealed class RetrySchedule(JobsOptions settings)
{
    private readonly IReadOnlyList<TimeSpan> _delays =
        settings.RetryDelays ?? [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    public int MaxAttempts => _delays.Count + 1;

    public bool IsSpent(int attempts) => attempts >= MaxAttempts;

    /// <summary>The wait after the given failed attempt (from 1), ± 20 %: what failed together must not come back together.</summary>
    public TimeSpan After(int attempt) => _delays[Math.Clamp(attempt - 1, 0, _delays.Count - 1)] * (RandomNumberGenerator.GetInt32(80, 121) / 100d);
}
