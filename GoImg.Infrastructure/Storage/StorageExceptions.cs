using GoImg.Core.Storage;
using GoImg.DurableFiles;

namespace GoImg.Infrastructure.Storage;

/// <summary>Says a file system's failures in the port's words.</summary>
internal static class StorageExceptions
{
    public static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static ObjectStoreUnavailableException Translate(Exception fault) =>
        fault.HResult == Errno.NoSpace || fault.HResult == Errno.OverQuota
            ? new ObjectStoreFullException("The object store has no room left.", fault)
            : new ObjectStoreUnavailableException($"The object store cannot be used: {fault.Message}", fault);

    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Translate(e);
        }
    }
}
