using GoImg.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace GoImg.Tests.Hosting;

public sealed class FailpointsTests
{
    [Fact]
    public async Task Nothing_happens_where_none_is_armed()
    {
        await Arm(null).HitAsync("upload.after-stage", CancellationToken.None);
        await Arm("upload.after-stage:error").HitAsync("upload.after-promote", CancellationToken.None);
    }

    [Fact]
    public async Task An_armed_one_acts_as_often_as_it_says()
    {
        var failpoints = Arm("a:error*2, b:error");

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => failpoints.HitAsync("a", CancellationToken.None).AsTask());
        await failpoints.HitAsync("a", CancellationToken.None);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => failpoints.HitAsync("b", CancellationToken.None).AsTask());
    }

    [Fact]
    public void In_production_the_start_is_refused() =>
        Assert.Contains("Production", Assert.Throws<InvalidOperationException>(() => Arm("a:error", "Production")).Message);

    [Theory]
    [InlineData("a")]
    [InlineData("a:explode")]
    [InlineData("a:error*often")]
    public void A_spec_that_means_nothing_is_refused(string spec) => Assert.Throws<InvalidOperationException>(() => Arm(spec));

    private static Failpoints Arm(string? spec, string environment = "Test") =>
        new(
            new ConfigurationBuilder().AddInMemoryCollection([new("GOIMG_FAILPOINTS", spec)]).Build(),
            new Environment { EnvironmentName = environment }
        );

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
