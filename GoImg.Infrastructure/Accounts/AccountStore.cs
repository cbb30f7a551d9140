using GoImg.Infrastructure.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace GoImg.Infrastructure.Accounts;

/// <summary>Identity's store, saving nothing by itself: the unit of work does, with the member in the same transaction.</summary>
internal sealed class AccountStore : UserOnlyStore<Account, GoImgDbContext, Guid>
{
    public AccountStore(GoImgDbContext context, IdentityErrorDescriber? describer = null)
        : base(context, describer) => AutoSaveChanges = false;
}
