using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Matching;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>
/// What a show has taken in and not yet committed, on its way to the spool file. When the file cannot be written the capture goes on
/// without it, and tries again with the next segment.
/// </summary>
internal sealed class ShowSpool
{
    private const int MostUnwritten = 4096;

    private readonly ISpoolFile? _file;
    private readonly SpoolBuffer _buffer = new();
    private readonly List<ulong> _hashes = [];
    private readonly FrameHistory _history = new(1);
    private SpoolSection? _section;
    private bool _broken;
    private long _written;
    private long _moved;

    public ShowSpool(ISpoolFile? file) => _file = file;

    /// <summary>True when there is something that the file does not have.</summary>
    public bool IsDirty => _buffer.Length > 0 || _hashes.Count > 0;

    /// <summary>How often the file could not be written.</summary>
    public long Failures { get; private set; }

    /// <summary>A section begins.</summary>
    public void Begin(SpoolSection section)
    {
        _history.Grow(FrameHistory.Minute(section.Source)); // as the station's own
        _section = section;
        Put(section);
    }

    /// <summary>Frames that another process took in.</summary>
    public void Seed(SpoolResume resume)
    {
        _history.Grow(FrameHistory.Minute(resume.Format));
        foreach (var hash in resume.Hashes)
        {
            _history.Add(hash, startsDial: false);
        }
    }

    /// <summary>A frame was taken in.</summary>
    public void Take(ulong hash)
    {
        if (_file is null)
        {
            return;
        }

        if (_hashes.Count >= MostUnwritten)
        {
            MoveHashes(); // nothing was written for long, because no sound came out
        }

        _hashes.Add(hash);
    }

    public void Put(Anchor anchor) => Put(SpoolRecordKind.Anchor, anchor);

    public void PutTitle(long sample, string text)
    {
        _buffer.Begin(SpoolRecordKind.Title);
        _buffer.Put(sample);
        _buffer.Put(text);
        _buffer.End();
    }

    /// <summary>Writes what there is, with the packets that came since the last time.</summary>
    public void Write(in SpoolChunk chunk, ReadOnlySpan<byte> packets)
    {
        Put(chunk, packets);
        Send(replace: false);
    }

    /// <summary>The section is complete: says so behind its last packets.</summary>
    public void WriteEnd(EndCause cause, int padding, long atUs)
    {
        PutEnd(cause, padding, atUs);
        Send(replace: false);
    }

    /// <summary>Marks the end of a segment that was just written; null where there is nothing to read on from.</summary>
    /// <param name="known">The last anchors up to there.</param>
    public SpoolMark? Mark(IReadOnlyList<Anchor> known) =>
        _file is null || _section is null ? null : new SpoolMark(_section, [.. known], _written, _moved);

    /// <summary>Everything up to a mark is committed, and what came after it not yet: the file begins at the mark.</summary>
    public void Trim(SpoolMark mark)
    {
        if (_broken)
        {
            return;
        }

        if (_buffer.Length > 0)
        {
            Send(replace: false);
        }

        PutHead(mark.Section, mark.Known, _moved - mark.Hashes);
        try
        {
            _file!.Trim(_buffer.Written, _written - mark.Written);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failures++; // the file is as it was, and is trimmed after the next commit
        }

        _buffer.Clear();
    }

    /// <summary>Everything before the open segment is committed: the file begins anew, with what is open.</summary>
    /// <param name="known">The last anchors that are committed.</param>
    /// <param name="putOpen">Puts what is open: fresh anchors, titles.</param>
    /// <param name="chunk">Where the open segment stands.</param>
    /// <param name="packets">Its packets.</param>
    /// <param name="end">Set when the section is complete.</param>
    public void Reset(
        IReadOnlyList<Anchor> known,
        Action putOpen,
        in SpoolChunk chunk,
        ReadOnlySpan<byte> packets,
        (EndCause Cause, int Padding, long AtUs)? end
    )
    {
        if (_section is null)
        {
            return;
        }

        _buffer.Clear();
        MoveHashes();
        PutHead(_section, known, newerHashes: 0);
        putOpen();
        Put(chunk, packets);
        if (end is { } e)
        {
            PutEnd(e.Cause, e.Padding, e.AtUs);
        }

        Send(replace: true);
    }

    private void PutHead(SpoolSection section, IReadOnlyList<Anchor> known, long newerHashes)
    {
        Put(section);
        foreach (var anchor in known)
        {
            Put(SpoolRecordKind.KnownAnchor, anchor);
        }

        _buffer.Begin(SpoolRecordKind.History);
        for (var i = 0; i < _history.Count - newerHashes; i++)
        {
            _buffer.Put(_history[i]);
        }

        _buffer.End();
    }

    private void Put(SpoolSection section)
    {
        _buffer.Begin(SpoolRecordKind.Section);
        _buffer.Put(section.Id);
        _buffer.Put(section.Codec);
        _buffer.Put(section.Rate);
        _buffer.Put(section.Channels);
        _buffer.Put(section.EncoderDelay);
        _buffer.Put(section.FrameSamples);
        _buffer.Put(section.Continues ?? 0L);
        _buffer.Put(section.ChainSamples);
        _buffer.Put((byte)section.Source.Codec);
        _buffer.Put((byte)section.Source.Variant);
        _buffer.Put(section.Source.SampleRate);
        _buffer.Put(section.Source.Channels);
        _buffer.Put(section.Source.SamplesPerFrame);
        _buffer.End();
    }

    private void Put(SpoolRecordKind kind, Anchor anchor)
    {
        _buffer.Begin(kind);
        _buffer.Put(anchor.Sample);
        _buffer.Put(anchor.UtcUs);
        _buffer.Put((byte)anchor.Cause);
        _buffer.End();
    }

    private void Put(in SpoolChunk chunk, ReadOnlySpan<byte> packets)
    {
        _buffer.Begin(SpoolRecordKind.Chunk);
        _buffer.Put(chunk.FirstSample);
        _buffer.Put(chunk.Samples);
        _buffer.Put(chunk.SourceEndSample);
        _buffer.Put(_hashes.Count);
        foreach (var hash in _hashes)
        {
            _buffer.Put(hash);
        }

        _buffer.Put(packets);
        _buffer.End();
        MoveHashes();
    }

    private void PutEnd(EndCause cause, int padding, long atUs)
    {
        _buffer.Begin(SpoolRecordKind.End);
        _buffer.Put((byte)cause);
        _buffer.Put(padding);
        _buffer.Put(atUs);
        _buffer.End();
    }

    private void MoveHashes()
    {
        foreach (var hash in _hashes)
        {
            _history.Add(hash, startsDial: false);
        }

        _moved += _hashes.Count;
        _hashes.Clear();
    }

    private void Send(bool replace)
    {
        try
        {
            if (replace)
            {
                _file?.Replace(_buffer.Written);
                _broken = false;
            }
            else if (!_broken)
            {
                _file?.Append(_buffer.Written);
                _written += _buffer.Length;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Half a record may be there now, and nothing behind it could be read: wait for the next beginning.
            _broken = true;
            Failures++;
        }

        _buffer.Clear();
    }
}
