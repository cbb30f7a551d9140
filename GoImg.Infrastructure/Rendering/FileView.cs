using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace GoImg.Infrastructure.Rendering;

/// <summary>A file's bytes as one span, mapped rather than read: the memory is the kernel's, which takes it back when it needs it.</summary>
internal sealed unsafe class FileView : IDisposable
{
    private readonly MemoryMappedFile? _mapped;
    private readonly SafeMemoryMappedViewHandle? _view;
    private readonly byte* _start;
    private readonly byte[] _copy = [];
    private readonly int _length;

    private FileView(FileStream file)
    {
        _length = checked((int)file.Length);
        _mapped = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _mapped.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle;
        _view.AcquirePointer(ref _start);
    }

    private FileView(byte[] copy) => (_copy, _length) = (copy, copy.Length);

    public ReadOnlySpan<byte> Bytes => _view is null ? _copy : new ReadOnlySpan<byte>(_start, _length);

    /// <summary>The whole of it, wherever it stands; a stream that is no file is copied. Nobody may shorten the file meanwhile.</summary>
    public static FileView Open(Stream content)
    {
        if (content is FileStream { Length: > 0 } file)
            return new FileView(file);

        content.Position = 0;
        var copy = new byte[content.Length];
        content.ReadExactly(copy);
        return new FileView(copy);
    }

    public void Dispose()
    {
        _view?.ReleasePointer();
        _view?.Dispose();
        _mapped?.Dispose();
    }
}
