using System.Buffers;
using System.Security.Cryptography;
using GoImg.Core.Storage;
using GoImg.DurableFiles;
using Microsoft.Win32.SafeHandles;

namespace GoImg.Infrastructure.Storage;

/// <summary>Writes a stream into the staging area, hashing on the way, one buffer at a time.</summary>
internal sealed class StagingWriter(StagingArea area, long reserveBytes)
{
    private const int BufferBytes = 128 * 1024;
    private const int BytesBetweenRoomChecks = 8 * 1024 * 1024;

    public async Task<StagedFile> WriteAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var name = Guid.CreateVersion7().ToString("n");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var stream = StorageExceptions.Guard(() => Create(name));
            var file = stream.SafeFileHandle;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            long nextRoomCheck = 0;
            var exceeds = false;
            while (!exceeds)
            {
                // Failures to read are the sender's and pass as they are; only failures to write are the store's.
                // A whole buffer each time: senders deliver a few kilobytes at once, and every write costs a change of thread.
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, cancellationToken);
                if (read == 0)
                    break;
                exceeds = read > maxBytes - length;
                var kept = (int)Math.Min(read, maxBytes - length);
                if (length >= nextRoomCheck)
                {
                    CheckRoom();
                    nextRoomCheck += BytesBetweenRoomChecks;
                }

                hash.AppendData(buffer, 0, kept);
                await WriteAsync(file, buffer.AsMemory(0, kept), length, cancellationToken);
                length += kept;
            }

            // A failed flush is final: the kernel may have dropped the bytes and would report the next one as a success.
            if (area.IsDurable)
                StorageExceptions.Guard(() =>
                {
                    DiskFlush.File(file);
                    return true;
                });
            return new StagedFile(area, name)
            {
                LengthBytes = length,
                Sha256 = hash.GetHashAndReset(),
                ExceedsLimit = exceeds,
            };
        }
        catch
        {
            area.Remove(name);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private FileStream Create(string name)
    {
        using var staging = area.Open();
        // CreateNew follows no link in its last part, and the part before has just been found to be none
        return new FileStream(
            Path.Combine(area.Path, name),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }

    private static async ValueTask WriteAsync(SafeFileHandle file, ReadOnlyMemory<byte> bytes, long at, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(file, bytes, at, cancellationToken);
        }
        catch (Exception e) when (StorageExceptions.IsFault(e))
        {
            throw StorageExceptions.Translate(e);
        }
    }

    // The database may share the disk and cannot work on a full one: we stop earlier.
    private void CheckRoom()
    {
        var free = StorageExceptions.Guard(() => new DriveInfo(area.Path).AvailableFreeSpace);
        if (free < reserveBytes)
            throw new ObjectStoreFullException(
                $"{area.Path} has {free >> 20} MiB of room left and keeps {reserveBytes >> 20} MiB in reserve (Storage:ReserveBytes)."
            );
    }
}
