namespace GoImg.Tests.Api;

/// <summary>What <see cref="ApiTraffic"/> met: each response was judged by the document when it came.</summary>
public sealed class ApiContractTests(ApiTraffic traffic) : IClassFixture<ApiTraffic>
{
    // Described, and not met.
    private static readonly Dictionary<(string Operation, int Status), string> Elsewhere = new()
    {
        [("get_users_me", 404)] = "is described for all of the group; who has a token is there",
        [("post_images", 404)] = "is described for all of the group; an album that is not there is a 400",
        [("post_export", 404)] = "is described for all of the group; nothing is looked for",
        [("get_images_id_variants_name", 302)] = "needs a bucket that delivers: S3DeliveryTests",
        [("patch_uploads_id", 423)] = "takes ten seconds: UploadLocksTests",
    };

    [Fact]
    public void Every_response_has_the_status_content_and_headers_that_the_document_gives_it() =>
        Assert.True(traffic.Contract.Violations.Count == 0, string.Join(Environment.NewLine, traffic.Contract.Violations));

    [Fact]
    public void Every_operation_of_the_document_succeeds_as_it_says()
    {
        var succeeded = traffic.Contract.Seen.Where(seen => seen.Status < 400).Select(seen => seen.Operation);

        Assert.Empty(traffic.Contract.Operations.Select(operation => operation.Id).Except(succeeded));
    }

    [Fact]
    public void Every_response_of_the_document_is_met_or_has_its_test_elsewhere()
    {
        var described = traffic.Contract.Operations.SelectMany(operation => operation.Statuses.Select(status => (operation.Id, status)));

        var missing = described.Except(traffic.Contract.Seen).Except(Elsewhere.Keys);
        var met = Elsewhere.Keys.Intersect(traffic.Contract.Seen);

        Assert.True(!missing.Any(), string.Join(Environment.NewLine, missing));
        Assert.True(!met.Any(), $"Met here, so no longer to be listed: {string.Join(Environment.NewLine, met)}");
    }
}
