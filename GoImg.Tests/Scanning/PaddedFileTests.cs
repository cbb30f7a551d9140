using GoImg.Infrastructure.Scanning;

namespace GoImg.Tests.Scanning;

public sealed class PaddedFileTests
{
    [Theory]
    [InlineData(9, "abc999xyz")]
    [InlineData(6, "abcxyz")]
    [InlineData(2, "abcxyz")]
    public void It_is_its_ends_and_the_filling_however_little_is_read_at_once(long length, string all)
    {
        foreach (var piece in new[] { 1, 2, 4, 100 })
        {
            using var file = new PaddedFile("abc"u8.ToArray(), "xyz"u8.ToArray(), length, (byte)'9');
            using var read = new MemoryStream();

            file.CopyTo(read, piece);

            Assert.Equal((all, all.Length), (System.Text.Encoding.ASCII.GetString(read.ToArray()), file.Length));
        }
    }

    [Fact]
    public void It_can_be_read_again_from_any_place()
    {
        using var file = new PaddedFile("abc"u8.ToArray(), "xyz"u8.ToArray(), 9, (byte)'9');
        file.CopyTo(Stream.Null);

        file.Seek(-4, SeekOrigin.End);

        Assert.Equal("9xyz", new StreamReader(file).ReadToEnd());
    }
}
