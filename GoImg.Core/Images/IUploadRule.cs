using GoImg.Core.Accounts;
using GoImg.Core.Shared;
using GoImg.Core.Storage;

namespace GoImg.Core.Images;

/// <summary>One more reason to refuse a file. Asked for every file that is new to its owner, before it is inspected, in the order of registration.</summary>
public interface IUploadRule
{
    /// <summary>Null when the file passes.</summary>
    Task<Error?> CheckAsync(Actor actor, StagedObject staged, NewImage image, CancellationToken cancellationToken);
}
