namespace AudioRelay.Media.Containers.Mp4;

/// <summary>fMP4 init segments (ftyp + moov), one per codec configuration, addressed by their content.</summary>
public static class InitSegment
{
    /// <summary>The init segment of an Opus rendition. Timescale 48000.</summary>
    /// <param name="track">What it declares.</param>
    public static byte[] ForOpus(OpusTrack track) => throw new NotSupportedException();

    /// <summary>The init segment of a FLAC rendition of 16-bit sound. Timescale = sample rate.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    public static byte[] ForFlac(int sampleRate, int channels = 1) => throw new NotSupportedException();

    /// <summary>A file name that is a function of the bytes, so that it may be cached for ever: <c>init-0123456789abcdef.mp4</c>.</summary>
    /// <param name="init">The init segment.</param>
    public static string FileName(ReadOnlySpan<byte> init) => throw new NotSupportedException();
}
