using GoImg.Tests.Harness;
using GoImg.Web.Hosting;

namespace GoImg.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Site:BaseUrl=images.example.org", "Site:BaseUrl is \"images.example.org\"; it must be the site's address")]
    [InlineData("Site:BaseUrl=https://example.org/gallery", "Site:BaseUrl")]
    [InlineData("Site:Name=", "Site:Name needs 1 to 40 characters.")]
    [InlineData("Scanning:Kind=virustotal", "it must be one of: off, clamav.")]
    [InlineData(
        "Accounts:PasswordBlocklistPath=/nowhere/list.txt",
        "Accounts:PasswordBlocklistPath is \"/nowhere/list.txt\"; there is no such file."
    )]
    [InlineData("Limits:UploadsPerHour=-1", "Limits:UploadsPerHour is -1; it must be from 0 (no limit)")]
    [InlineData("Limits:UploadsPerHour=many", "Limits:UploadsPerHour")]
    [InlineData("Limits:NewMemberDays=-3", "Limits:NewMemberDays is -3; it must be from 0 to 3650.")]
    [InlineData("Network:TrustedProxies=proxy.local", "Network:TrustedProxies has \"proxy.local\"; it takes addresses")]
    [InlineData("Network:MaxBodyBytes=10", "Network:MaxBodyBytes is at least 65536 and at most 1073741824.")]
    [InlineData("Rendering:QualityPercent=0", "Rendering:QualityPercent is 1 to 100.")]
    [InlineData("DataProtection:Passphrase=short", "DataProtection:Passphrase has 5 characters; it needs at least 20.")]
    [InlineData(
        "DataProtection:CertificatePath=/nowhere/site.pfx",
        "DataProtection:CertificatePath is \"/nowhere/site.pfx\"; there is no such file."
    )]
    [InlineData("Telemetry:OtlpEndpoint=ftp://127.0.0.1", "Telemetry:OtlpEndpoint is \"ftp://127.0.0.1/\"; it must be an http or https address.")]
    [InlineData("Telemetry:ExportInterval=00:00:00", "Telemetry:ExportInterval is 00:00:00; it must be between a second and an hour.")]
    [InlineData("Storage:Kind=ftp", "Storage:Kind is \"ftp\"; it must be one of: local, s3.")]
    [InlineData("Storage:Kind=s3", "Storage:S3:Bucket is missing: Storage:Kind is s3, and it takes the name of a bucket.")]
    [InlineData(
        "Storage:S3:Endpoint=ftp://127.0.0.1",
        "Storage:S3:Endpoint is \"ftp://127.0.0.1/\"; it must be an http or https address without a path."
    )]
    [InlineData("Storage:S3:AccessKey=key", "Of Storage:S3:AccessKey and Storage:S3:SecretKey only one is set")]
    [InlineData("Storage:ReserveBytes=-1", "Storage:ReserveBytes is a number of bytes, 0 or more.")]
    [InlineData("Node:Role=boss", "Node:Role is \"boss\"; it must be one of: all, web, worker.")]
    [InlineData("Jobs:Enabled=false", "Jobs:Enabled is false, which is now said by Node:Role. Set Node:Role to web")]
    [InlineData("Redis:ConnectionString=redis", "Redis:ConnectionString names redis without a port; it must be host:port")]
    [InlineData("Redis:ConnectionString=redis:6379,wrong=1", "Redis:ConnectionString has a setting that can't be read, wrong; it must be host:port")]
    [InlineData(
        "Redis:ConnectionString=redis:6379,ssl=perhaps",
        "Redis:ConnectionString has a setting that can't be read, ssl; it must be host:port"
    )]
    [InlineData("Redis:KeyPrefix=goimg", "Redis:KeyPrefix is \"goimg\"; it must be 2 to 64 letters")]
    [InlineData("Limits:MaxFrames=0", "Limits:MaxFrames is 0; it must be from 1 to 100000.")]
    [InlineData("Jobs:RetryDelays:0=soon", "Jobs:RetryDelays:0")]
    public async Task A_bad_value_stops_the_start_with_the_key_and_what_it_takes(string setting, string expected)
    {
        var refused = await Record.ExceptionAsync(async () => await (await GoImgApp.StartAsync(setting)).DisposeAsync());

        Assert.NotNull(refused);
        Assert.Contains(expected, StartupErrors.Explain(refused) ?? refused.ToString(), StringComparison.Ordinal);
        Assert.NotNull(StartupErrors.Explain(refused));
    }
}
