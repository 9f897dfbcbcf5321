using AudioRelay.Media.Codecs;

namespace AudioRelay.Streams.Capture;

/// <summary>
/// A show's half of a capture: decode → mono → resample → encode → split, or copy, into sections and segments for the writer.
/// Driven by the <see cref="StationCapture"/> it is attached to; a show outlives its station's connections.
/// </summary>
public sealed class ShowCapture : IDisposable
{
    /// <summary>A show with nothing open.</summary>
    /// <param name="options">How it is stored.</param>
    /// <param name="codecs">Opens decoders and encoders.</param>
    /// <param name="sink">Takes finished segments and journal entries.</param>
    /// <param name="spool">Keeps what is not committed yet; null for none.</param>
    public ShowCapture(ShowCaptureOptions options, CodecCatalog codecs, ISegmentSink sink, ISpoolFile? spool = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(codecs);
        ArgumentNullException.ThrowIfNull(sink);
        _ = spool;
    }

    /// <summary>Frees decoder, encoder and buffers; whatever was not flushed by a detach is lost (the spool has it).</summary>
    public void Dispose() => throw new NotSupportedException("not yet");
}
