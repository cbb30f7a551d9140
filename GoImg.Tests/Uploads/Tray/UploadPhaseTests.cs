using System.Text.RegularExpressions;
using GoImg.Core.Images;
using GoImg.Tests.Harness;
using GoImg.Web.Uploads.Tray;

namespace GoImg.Tests.Uploads.Tray;

public sealed partial class UploadPhaseTests
{
    [Fact]
    public void Browser_and_server_have_one_list_of_phases_in_one_order()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryPaths.Web, "wwwroot/js/upload/phases.js"));
        var list = script[script.IndexOf('[', StringComparison.Ordinal)..script.IndexOf(']', StringComparison.Ordinal)];

        Assert.Equal(Enum.GetValues<UploadPhase>().Select(phase => phase.Name()), Word().Matches(list).Select(word => word.Groups[1].Value));
    }

    [Fact]
    public void Every_phase_has_words() => Assert.All(Enum.GetValues<UploadPhase>(), phase => Assert.NotEmpty(phase.Say()));

    [Theory]
    [InlineData(ImageState.Processing, ImageStage.Received, UploadPhase.Received)]
    [InlineData(ImageState.Processing, ImageStage.WaitingForScanner, UploadPhase.WaitingForScanner)]
    [InlineData(ImageState.Processing, ImageStage.Scanning, UploadPhase.Scanning)]
    [InlineData(ImageState.Processing, ImageStage.Rendering, UploadPhase.Rendering)]
    [InlineData(ImageState.Processing, ImageStage.Ready, UploadPhase.Rendering)]
    [InlineData(ImageState.Active, ImageStage.Ready, UploadPhase.Ready)]
    [InlineData(ImageState.Failed, ImageStage.Rendering, UploadPhase.Failed)]
    [InlineData(ImageState.Quarantined, ImageStage.Scanning, UploadPhase.Quarantined)]
    [InlineData(ImageState.Deleted, ImageStage.Ready, null)]
    public void An_image_is_in_the_phase_of_its_state_and_stage(ImageState state, ImageStage stage, UploadPhase? phase) =>
        Assert.Equal(phase, UploadPhases.Of(new ImageProgress(new ImageId(Guid.Empty), "cat", "Cat", "cat.png", 1, state, stage, null, "")));

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Word();
}
