using GoImg.Core.Images;
using GoImg.Web.Uploads.Tray;

namespace GoImg.Tests.Uploads.Tray;

public sealed class TrayRowsTests
{
    private readonly TrayRows _rows = new();

    [Fact]
    public void A_file_goes_from_waiting_over_bytes_and_stages_to_ready()
    {
        var id = ImageId.New();
        _rows.Apply(new RowReport(1, "waiting", 0, null, null, "sea.jpg", "sea", 1000));
        var row = Assert.Single(_rows.All);
        Assert.Equal((TrayPhase.Waiting, "sea", 1), (row.Phase, row.Title, _rows.Remaining));

        _rows.Apply(new RowReport(1, "sending", 400, null, null, null, null, 0));
        Assert.Equal((TrayPhase.Sending, 40, 40), (row.Phase, row.Percent, _rows.Percent));

        _rows.Apply(new RowReport(1, "received", 1000, null, id.ToString(), null, null, 0));
        Assert.Equal(TrayPhase.Received, row.Phase);
        Assert.Equal([id], _rows.ToRead());

        foreach (
            var (stage, phase) in new[]
            {
                (ImageStage.Scanning, TrayPhase.Scanning),
                (ImageStage.WaitingForScanner, TrayPhase.WaitingForScanner),
                (ImageStage.Rendering, TrayPhase.Rendering),
            }
        )
        {
            _rows.Apply(Progress(id, ImageState.Processing, stage));
            Assert.Equal(phase, row.Phase);
        }

        _rows.Apply(Progress(id, ImageState.Active, ImageStage.Ready));
        Assert.Equal((TrayPhase.Ready, 1, 0), (row.Phase, _rows.Done, _rows.Remaining));
        Assert.Empty(_rows.ToRead());
    }

    [Fact]
    public void What_is_ready_folds_away_and_what_needs_a_person_stays()
    {
        _rows.Apply(new RowReport(1, "duplicate", 10, null, ImageId.New().ToString(), "a.jpg", "a", 10));
        _rows.Apply(new RowReport(2, "refused", 0, "Too large.", null, "b.jpg", "b", 10));
        _rows.Apply(new RowReport(3, "received", 10, null, ImageId.New().ToString(), "c.jpg", "c", 10));
        _rows.Apply(Progress(_rows.All[2].ImageId!.Value, ImageState.Active, ImageStage.Ready));

        Assert.Equal([1, 2], _rows.Shown(withReady: false).Select(r => r.Key!.Value));
        Assert.Equal([1, 2, 3], _rows.Shown(withReady: true).Select(r => r.Key!.Value));
        Assert.Equal((1, 1, 1), (_rows.Done, _rows.Duplicates, _rows.Problems));
    }

    [Fact]
    public void The_database_has_the_last_word_on_an_image_it_knows()
    {
        var id = ImageId.New();
        _rows.Apply(new RowReport(1, "received", 10, null, id.ToString(), "a.jpg", "a", 10));
        _rows.Apply(Progress(id, ImageState.Failed, ImageStage.Ready, "The picture could not be read."));

        _rows.Apply(new RowReport(1, "sending", 5, "odd", null, null, null, 0));

        var row = Assert.Single(_rows.All);
        Assert.Equal((TrayPhase.Failed, "The picture could not be read."), (row.Phase, row.Reason));
    }

    [Fact]
    public void Images_on_their_way_before_this_page_was_loaded_get_rows_and_finished_ones_do_not()
    {
        _rows.Apply(Progress(ImageId.New(), ImageState.Processing, ImageStage.Rendering));
        _rows.Apply(Progress(ImageId.New(), ImageState.Active, ImageStage.Ready));

        Assert.Equal(TrayPhase.Rendering, Assert.Single(_rows.All).Phase);
    }

    [Fact]
    public void An_image_met_in_the_database_before_the_browser_spoke_of_its_file_has_one_row()
    {
        var id = ImageId.New();
        _rows.Apply(Progress(id, ImageState.Processing, ImageStage.Rendering));

        _rows.Apply(new RowReport(1, "received", 10, null, id.ToString(), "a.jpg", "a", 10));

        Assert.Equal(1, Assert.Single(_rows.All).Key);
        Assert.Equal([id], _rows.ToRead());
    }

    [Fact]
    public void An_image_that_is_gone_or_went_to_the_trash_takes_its_row_along()
    {
        var (gone, deleted) = (ImageId.New(), ImageId.New());
        _rows.Apply(new RowReport(1, "received", 10, null, gone.ToString(), "a.jpg", "a", 10));
        _rows.Apply(new RowReport(2, "received", 10, null, deleted.ToString(), "b.jpg", "b", 10));

        _rows.Apply([gone, deleted], [Progress(deleted, ImageState.Deleted, ImageStage.Ready)]);

        Assert.Empty(_rows.All);
    }

    [Fact]
    public void A_report_that_was_under_way_does_not_bring_a_cancelled_row_back()
    {
        _rows.Apply(new RowReport(1, "sending", 5, null, null, "a.jpg", "a", 10));
        _rows.Remove(_rows.All[0]);

        _rows.Apply(new RowReport(1, "sending", 9, null, null, "a.jpg", "a", 10));

        Assert.Empty(_rows.All);
    }

    [Fact]
    public void Two_equal_files_are_one_image_and_both_rows_lead_to_it()
    {
        var id = ImageId.New();
        _rows.Apply(new RowReport(1, "received", 10, null, id.ToString(), "a.jpg", "a", 10));
        _rows.Apply(new RowReport(2, "duplicate", 10, null, id.ToString(), "copy of a.jpg", "copy of a", 10));

        _rows.Apply(Progress(id, ImageState.Active, ImageStage.Ready));

        Assert.Equal([TrayPhase.Ready, TrayPhase.Duplicate], _rows.All.Select(r => r.Phase));
        Assert.All(_rows.All, r => Assert.Equal(("slug", "abcd1234"), (r.Slug, r.RenditionSet)));
    }

    [Fact]
    public void Paused_and_waiting_for_the_connection_are_still_on_their_way()
    {
        _rows.Apply(new RowReport(1, "paused", 40, null, null, "a.jpg", "a", 100));
        Assert.Equal((true, true, false, 1), (_rows.IsSending, _rows.IsPaused, _rows.IsOffline, _rows.Remaining));

        _rows.Apply(new RowReport(2, "offline", 10, null, null, "b.jpg", "b", 100));
        Assert.Equal((true, false, true, 25), (_rows.IsSending, _rows.IsPaused, _rows.IsOffline, _rows.Percent));

        _rows.Apply(new RowReport(3, "sending", 10, null, null, "c.jpg", "c", 100));
        Assert.False(_rows.IsOffline);
    }

    [Fact]
    public void What_a_closed_tab_left_behind_waits_for_its_file()
    {
        _rows.Apply(new RowReport(1, "lost", 40, null, null, "a.jpg", "a", 100));

        var row = Assert.Single(_rows.All);
        Assert.Equal((TrayPhase.Lost, 40, 1, 0, false), (row.Phase, row.Percent, _rows.Lost, _rows.Problems, _rows.IsSending));
        Assert.True(row.Phase.NeedsAttention());
    }

    [Fact]
    public void Reasons_that_several_files_share_are_told_once_the_commonest_first()
    {
        foreach (
            var (key, reason) in new[] { (1, "Too large."), (2, "No image."), (3, "Too large."), (4, "Empty."), (5, "Too large."), (6, "No image.") }
        )
            _rows.Apply(new RowReport(key, "refused", 0, reason, null, $"{key}.jpg", "", 10));

        Assert.Equal([("Too large.", 3), ("No image.", 2)], _rows.Reasons());
    }

    [Fact]
    public void A_browser_cannot_fill_the_servers_memory()
    {
        for (var key = 0; key < TrayRows.MaxRows + 10; key++)
            _rows.Apply(new RowReport(key, "waiting", -5, new string('x', 5000), null, new string('n', 5000), null, long.MaxValue));

        Assert.Equal(TrayRows.MaxRows, _rows.Count);
        Assert.All(_rows.All, r => Assert.True(r.Name.Length <= 255 && r.Reason!.Length <= 1000 && r.SentBytes == 0));
    }

    private static ImageProgress Progress(ImageId id, ImageState state, ImageStage stage, string? reason = null) =>
        new(id, "slug", "A title", "a.jpg", 10, state, stage, reason, "abcd1234");
}
