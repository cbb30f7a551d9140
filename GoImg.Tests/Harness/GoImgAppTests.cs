namespace GoImg.Tests.Harness;

public sealed class GoImgAppTests
{
    [Fact]
    public async Task The_application_starts_on_a_database_of_its_own_and_answers()
    {
        await using var app = await GoImgApp.StartAsync();

        var answer = await app.Anonymous.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("\"ok\"", answer, StringComparison.Ordinal);
    }
}
