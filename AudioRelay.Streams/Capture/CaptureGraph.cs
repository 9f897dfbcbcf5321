using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Streams.Capture.Shows;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// The one place where a capture is put together: ICY split → frames → burst match, then per show decode → mono → resample → encode →
/// split, and one bounded channel to the writer.
/// </summary>
public static class CaptureGraph
{
    /// <summary>The station's half. <see cref="Stations.StationConnection"/> splits ICY and frames, <see cref="StationCapture"/> matches bursts.</summary>
    /// <param name="options">Limits.</param>
    public static StationCapture Station(StationCaptureOptions options) => new(options);

    /// <summary>A show's half: frames become packets in its sound chain, the show splits packets into segments, the sink writes them.</summary>
    /// <param name="options">How it is stored.</param>
    /// <param name="codecs">Opens decoders and encoders.</param>
    /// <param name="writer">The bounded channel to the writer.</param>
    /// <param name="spool">Keeps what is not committed yet.</param>
    /// <param name="position">How far its store reaches.</param>
    /// <param name="resume">Where another process left off.</param>
    public static ShowCapture Show(
        ShowCaptureOptions options,
        CodecCatalog codecs,
        ISegmentSink writer,
        ISpoolFile? spool = null,
        ShowPosition position = default,
        Spooling.SpoolResume? resume = null
    ) => new(options, codecs, writer, spool, position, resume);

    /// <summary>From frames to packets: the frames themselves, or decode (guarded) → mono → resample → encode.</summary>
    internal static ISoundChain Sound(in FrameFormat format, ShowCaptureOptions options, CodecCatalog codecs) =>
        options.Format == StoredFormat.Copy ? new CopyChain(format) : new Transcoder(format, options, codecs);
}
