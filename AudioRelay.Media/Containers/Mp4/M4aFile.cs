using System.Buffers;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>An <c>.m4a</c> file of AAC frames, written in two passes without a seekable target and without holding the sound.</summary>
/// <remarks>
/// Pass 1: <see cref="Measure"/> every stored segment, <see cref="AddEdit"/> what is to be heard, <see cref="AddChapter"/> the titles. Then
/// <see cref="Length"/> and <see cref="WriteHeader"/>. Pass 2: <see cref="WriteMedia"/> the same segments in the same order.
/// </remarks>
/// <param name="tags">Tags, if any.</param>
public sealed class M4aFile(M4aTags? tags = null)
{
    private readonly M4aTags? _tags = tags;

    /// <summary>Bytes of the whole file. Known after pass 1.</summary>
    public long Length => throw new NotSupportedException();

    /// <summary>Samples at the frames' rate counted so far, priming included: where the next segment's first frame begins.</summary>
    public long MediaSamples => throw new NotSupportedException();

    /// <summary>Pass 1: counts a segment's frames.</summary>
    /// <param name="adts">ADTS frames, whole.</param>
    /// <exception cref="InvalidDataException">Not ADTS frames, or frames of another configuration than the first.</exception>
    public void Measure(ReadOnlySpan<byte> adts) => throw new NotSupportedException();

    /// <summary>Says that a stretch of the media is to be heard (an edit); without any, all of it is.</summary>
    /// <param name="mediaStart">Where in the media it begins: the encoder's delay, for a section from its start.</param>
    /// <param name="samples">How long it is.</param>
    public void AddEdit(long mediaStart, long samples) => throw new NotSupportedException();

    /// <summary>Adds a chapter.</summary>
    /// <param name="sample">When it begins, in samples of what is heard.</param>
    /// <param name="title">Its title.</param>
    public void AddChapter(long sample, string title) => throw new NotSupportedException($"{_tags}");

    /// <summary>After pass 1: ftyp, moov and the head of mdat.</summary>
    /// <param name="output">Where it goes.</param>
    public void WriteHeader(IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Pass 2: a segment's frames without their ADTS headers.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="adts">The same bytes as in pass 1.</param>
    public void WriteMedia(IBufferWriter<byte> output, ReadOnlySpan<byte> adts) => throw new NotSupportedException();
}
