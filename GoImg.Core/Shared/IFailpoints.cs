namespace GoImg.Core.Shared;

/// <summary>Named places where a fault test may stop, delay or kill the process. Nothing happens at them unless one was armed at start.</summary>
public interface IFailpoints
{
    ValueTask HitAsync(string name, CancellationToken cancellationToken);
}
