namespace GoImg.Core.Storage;

/// <summary>Small objects that many ask for, kept in this node's memory within a bound. Only for objects that never change under their name and whose readers
/// are checked elsewhere. A singleton.</summary>
public interface IHotObjects
{
    /// <summary>As <see cref="WholeObjects.OpenWholeAsync"/>; what is in memory is a <see cref="MemoryStream"/> whose buffer can be had, and nobody may write to it.</summary>
    Task<Stream?> OpenWholeAsync(ObjectKey key, long lengthBytes, CancellationToken cancellationToken);

    /// <summary>Forgets all whose key starts with it, at once.</summary>
    void Forget(string prefix);
}
