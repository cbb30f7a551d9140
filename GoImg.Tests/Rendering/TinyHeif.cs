namespace GoImg.Tests.Rendering;

/// <summary>The smallest whole pictures of their kind: 64 × 64 black pixels.</summary>
internal static class TinyHeif
{
    public static readonly byte[] Heic = Infrastructure.Rendering.Vips.HeicSample.File;

    public static readonly byte[] Avif = Convert.FromBase64String(
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAAB"
            + "AAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAGQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAA"
            + "ABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYID"
            + "hAAAACFtZGF0EgAKCRgVf/+SBAQNCDIKHIAAAEAACgV5Ng=="
    );
}
