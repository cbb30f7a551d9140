using System.IO.Compression;
using System.Text;

namespace GoImg.Infrastructure.Scanning;

/// <summary>So many bytes, without holding them: zeros, and at their end an archive with the harmless test file every scanner knows. Who finds it there has looked
/// at all of them, whichever way its signature for the test file works: by its beginning, its hash or anywhere.</summary>
internal static class EicarProbe
{
    // eicar.org's test file, back to front, so that no scanner objects to this program
    private const string TestFile = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";
    private static readonly byte[] Archive = Pack();

    public static PaddedFile Of(long bytes) => new([], Archive, bytes);

    private static byte[] Pack()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("test.com", CompressionLevel.NoCompression).Open())
            entry.Write(Encoding.ASCII.GetBytes([.. TestFile.Reverse()]));
        return file.ToArray();
    }
}
