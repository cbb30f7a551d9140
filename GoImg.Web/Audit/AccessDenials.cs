using GoImg.Core.Audit;
using GoImg.Web.Shell;

namespace GoImg.Web.Audit;

/// <summary>Writes down who was refused what is for staff or admins: a page, a form, an operation of the API. One entry for each path and ten minutes.</summary>
internal static class AccessDenials
{
    public static Task NoteAsync(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<StaffLooks>()
            .NoteAsync(
                http.GetActor(),
                AuditAction.AccessDenied,
                [(new AuditSubject("page", PathOf(http)), http.Request.Method)],
                CancellationToken.None
            );

    /// <summary>On endpoints for staff alone: signed-in members who ask find nothing there, and stand in the log.</summary>
    public static async ValueTask<object?> NoteMembersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (context.HttpContext.GetActor() is { IsSignedIn: true, IsStaff: false })
            await NoteAsync(context.HttpContext);
        return answer;
    }

    private static string PathOf(HttpContext http) =>
        http.Request.Path.Value is { Length: <= AuditEntry.MaxSubjectId } path ? path : http.Request.Path.Value![..AuditEntry.MaxSubjectId];
}
