namespace GoImg.Core.Shared;

/// <summary>Success, or the <see cref="Error"/> that was to be expected. Exceptions are for the broken.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    public static Result Success => default;

    public Error? Error { get; }

    public bool IsSuccess => Error is null;

    public static implicit operator Result(Error error) => new(error);

    /// <summary>A success; for interfaces, which have no implicit conversion.</summary>
    public static Result<T> Of<T>(T value) => value;
}

/// <summary>A value, or the <see cref="Error"/> that was to be expected.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    public bool IsSuccess => Error is null;

    /// <summary>The value; reading it from a failure is a bug and throws.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}.");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Calls exactly one of the two.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) => Error is null ? success(_value!) : failure(Error);
}
