using System.Security.Cryptography;
using GoImg.Core.Storage;

namespace GoImg.Core.Integrity;

public enum ObjectCondition
{
    Whole,
    Missing,
    Damaged,
}

/// <summary>Compares one stored object with what the database promises of it.</summary>
public sealed class ObjectCheck(IObjectStore store)
{
    /// <summary>By presence and length alone.</summary>
    public async Task<ObjectCondition> LookAsync(PromisedObject promised, CancellationToken cancellationToken) =>
        await store.StatAsync(promised.Key, cancellationToken) switch
        {
            null => ObjectCondition.Missing,
            var found when found.LengthBytes != promised.LengthBytes => ObjectCondition.Damaged,
            _ => ObjectCondition.Whole,
        };

    /// <summary>By its SHA-256 too: reads all of it, at O(1) memory. A disk that can't read it back has damaged it.</summary>
    public async Task<ObjectCondition> HashAsync(PromisedObject promised, CancellationToken cancellationToken)
    {
        try
        {
            await using var opened = await store.OpenAsync(promised.Key, range: null, cancellationToken);
            if (opened is null)
                return ObjectCondition.Missing;
            if (opened.LengthBytes != promised.LengthBytes)
                return ObjectCondition.Damaged;
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(opened.Content, cancellationToken)) == promised.Sha256
                ? ObjectCondition.Whole
                : ObjectCondition.Damaged;
        }
        catch (IOException)
        {
            return ObjectCondition.Damaged;
        }
    }
}
