using GoImg.Core.Integrity;
using GoImg.Tests.Harness;

namespace GoImg.Tests.Integrity;

/// <summary>Breaks stored bytes behind the application's back, and asks it what it finds.</summary>
public static class GalleryChecks
{
    public static void Damage(this GoImgApp app, string key, Func<byte[], byte[]> how)
    {
        var path = Path.Combine(app.DataPath, "objects", key);
        File.WriteAllBytes(path, how(File.ReadAllBytes(path)));
    }

    /// <summary>Turns one bit, in the middle: no length tells.</summary>
    public static void FlipABit(this GoImgApp app, string key) => app.Damage(key, bytes =>
    {
        bytes[bytes.Length / 2] ^= 0x10;
        return bytes;
    });

    public static Task<List<Finding>> VerifyAsync(this GoImgApp app, bool isDeep, TimeSpan grace) => app.InScopeAsync<VerifyGallery, List<Finding>>(async gallery =>
    {
        var findings = new List<Finding>();
        await foreach (var finding in gallery.RunAsync(isDeep, grace, new IntegrityTally(), TestContext.Current.CancellationToken))
            findings.Add(finding);
        return findings;
    });
}
