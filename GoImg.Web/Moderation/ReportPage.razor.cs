using GoImg.Core.Accounts;
using GoImg.Core.Moderation;
using GoImg.Core.Shared;
using GoImg.Web.Images;
using GoImg.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Moderation;

public sealed partial class ReportPage(ScopedCall scopedCall, NavigationManager navigation, IImageUrls urls)
{
    private ReportTarget? _target;
    private Error? _error;

    /// <summary>Of an image.</summary>
    [Parameter]
    public string? Slug { get; set; }

    [Parameter]
    public Guid? Comment { get; set; }

    /// <summary>Its slug.</summary>
    [Parameter]
    public string? Album { get; set; }

    /// <summary>The username.</summary>
    [Parameter]
    public string? Member { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "report", Name = "reason")]
    private string? Reason { get; set; }

    [SupplyParameterFromForm(FormName = "report", Name = "words")]
    private string? Words { get; set; }

    [SupplyParameterFromQuery(Name = "sent")]
    private string? Sent { get; set; }

    private IImageUrls Urls => urls;

    private string Heading => ModerationLabels.ReportThis(_target!.Subject.Kind);

    protected override async Task OnInitializedAsync()
    {
        _target = await scopedCall.RunAsync(
            (ReportTargets targets, Actor actor) =>
                this switch
                {
                    { Slug: { } image } => targets.ImageAsync(actor, image, Http.RequestAborted),
                    { Album: { } album } => targets.AlbumAsync(actor, album, Http.RequestAborted),
                    { Member: { } member } => targets.MemberAsync(actor, member, Http.RequestAborted),
                    _ => targets.CommentAsync(actor, Comment ?? Guid.Empty, Http.RequestAborted),
                }
        );
        if (_target is null)
            navigation.NotFound();
    }

    private async Task SendAsync()
    {
        if (!Enum.TryParse<ReportReason>(Reason, out var reason) || !Enum.IsDefined(reason))
        {
            Refuse(new ValidationFailed("reason", ModerationTexts.ChooseReason));
            return;
        }

        var sent = await scopedCall.RunAsync(
            (FileReport reports, Actor actor) => reports.FileAsync(actor, _target!.Subject, reason, Words, Http.RequestAborted)
        );
        if (sent.Error is { } error)
            Refuse(error);
        else
            navigation.NavigateTo($"{Http.Request.Path}?sent=1");
    }

    private void Refuse(Error error)
    {
        _error = error;
        Http.AnswerWith(error);
    }
}
