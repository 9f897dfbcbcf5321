using System.Buffers;
using System.Buffers.Binary;
using AudioRelay.Media.Containers.Adts;
using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>An <c>.m4a</c> file of AAC frames, written in two passes without a seekable target and without holding the sound.</summary>
/// <remarks>
/// Pass 1: <see cref="Measure"/> every stored segment, <see cref="AddEdit"/> what is to be heard, <see cref="AddChapter"/> the titles. Then
/// <see cref="Length"/> and <see cref="WriteHeader"/>. Pass 2: <see cref="WriteMedia"/> the same segments in the same order.
/// Two bytes per frame are kept: 2.7 MB for a day of 16 kHz sound.
/// </remarks>
/// <param name="tags">Tags, if any.</param>
public sealed class M4aFile(M4aTags? tags = null)
{
    private const int SamplesPerFrame = 1024;
    private const int MdatHead = 16;

    private readonly List<ushort> _sizes = [];
    private readonly List<M4aEdit> _edits = [];
    private readonly List<M4aChapter> _chapters = [];
    private FrameFormat _format;
    private long _payload;
    private int _written;
    private byte[]? _head;

    /// <summary>Bytes of the whole file. Known after pass 1.</summary>
    public long Length => Head.Length + _payload;

    /// <summary>Samples at the frames' rate counted so far, priming included: where the next segment's first frame begins.</summary>
    public long MediaSamples => (long)_sizes.Count * SamplesPerFrame;

    private byte[] Head => _head ??= BuildHead();

    /// <summary>Pass 1: counts a segment's frames.</summary>
    /// <param name="adts">ADTS frames, whole.</param>
    /// <exception cref="InvalidDataException">Not ADTS frames, or frames of another configuration than the first.</exception>
    public void Measure(ReadOnlySpan<byte> adts)
    {
        _head = null;
        var frames = new AdtsFrames(adts);
        while (frames.MoveNext())
        {
            if (_sizes.Count == 0)
            {
                _format = frames.Format;
            }

            if (frames.Format != _format || _format.SamplesPerFrame != SamplesPerFrame)
            {
                throw new InvalidDataException($"An m4a file holds AAC of one kind: {_format} is followed by {frames.Format}.");
            }

            _sizes.Add((ushort)frames.Payload.Length);
            _payload += frames.Payload.Length;
        }
    }

    /// <summary>Says that a stretch of the media is to be heard (an edit); without any, all of it is.</summary>
    /// <param name="mediaStart">Where in the media it begins: the encoder's delay, for a section from its start.</param>
    /// <param name="samples">How long it is.</param>
    public void AddEdit(long mediaStart, long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mediaStart);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        _head = null;
        _edits.Add(new M4aEdit(mediaStart, samples));
    }

    /// <summary>Adds a chapter.</summary>
    /// <param name="sample">When it begins, in samples of what is heard; chapters come in order.</param>
    /// <param name="title">Its title.</param>
    public void AddChapter(long sample, string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        _head = null;
        _chapters.Add(new M4aChapter(Math.Max(0, sample), title));
    }

    /// <summary>After pass 1: ftyp, moov and the head of mdat (with the chapters' texts).</summary>
    /// <param name="output">Where it goes.</param>
    public void WriteHeader(IBufferWriter<byte> output) => output.Write(Head);

    /// <summary>Pass 2: a segment's frames without their ADTS headers.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="adts">The same bytes as in pass 1.</param>
    /// <exception cref="InvalidDataException">They are not the same: the tables written before would be wrong.</exception>
    public void WriteMedia(IBufferWriter<byte> output, ReadOnlySpan<byte> adts)
    {
        var frames = new AdtsFrames(adts);
        while (frames.MoveNext())
        {
            if (_written == _sizes.Count || _sizes[_written] != frames.Payload.Length)
            {
                throw new InvalidDataException("The frames of an m4a file changed between its two passes.");
            }

            _written++;
            output.Write(frames.Payload);
        }
    }

    private byte[] BuildHead()
    {
        var movie = new M4aMovie(_format, _sizes, Edits(), M4aChapter.Track(_chapters, Edits().Sum(e => e.Samples)), tags);
        var texts = M4aChapter.Texts(movie.Chapters);
        // The tables' length does not depend on the offsets in them, so one build tells the offsets to the next.
        var before = movie.Build(0, _payload + texts.Length).Length + MdatHead;
        var head = movie.Build(before, _payload + texts.Length);
        var result = new byte[before + texts.Length];
        head.CopyTo(result);
        BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(head.Length), 1); // the size follows in 64 bits
        "mdat"u8.CopyTo(result.AsSpan(head.Length + 4));
        BinaryPrimitives.WriteInt64BigEndian(result.AsSpan(head.Length + 8), MdatHead + texts.Length + _payload);
        texts.CopyTo(result, before);
        return result;
    }

    private List<M4aEdit> Edits() => _edits.Count > 0 ? _edits : [new M4aEdit(0, MediaSamples)];
}
