using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>AAC-LC through vo-aacenc, mono, one ADTS frame per 1024 samples.</summary>
internal sealed class VoAacEncoder : FrameEncoder
{
    private const int Frame = 1024;

    // 1024 of the transform and 576 of the encoder's own look-ahead, measured by correlation.
    private const int Priming = 1600;

    // 6144 bits per channel and frame are the most that AAC allows.
    private const int LongestPacket = 2048;

    private readonly VoAacApi _api;
    private readonly CodecHandle _handle;
    private readonly short[] _samples = PinnedBuffer.Create<short>(Frame);
    private readonly byte[] _packet = PinnedBuffer.Create<byte>(LongestPacket);

    public VoAacEncoder(VoAacApi api, int sampleRate, int bitrate)
        : base(sampleRate, Frame, Priming)
    {
        _api = api;
        _handle = new CodecHandle(api.Create(sampleRate, Bounded(bitrate, sampleRate)), api.Destroy);
    }

    /// <summary>Beyond these the library silently takes a *low* bitrate.</summary>
    internal static int Bounded(int bitrate, int sampleRate) => Math.Min(bitrate, Math.Min(6 * sampleRate, 160_000));

    public override void Dispose() => _handle.Dispose();

    protected override ReadOnlySpan<byte> EncodeFrame(ReadOnlySpan<float> frame)
    {
        SampleMath.ToS16(frame, _samples);
        return _packet.AsSpan(0, _api.Encode(_handle.Address, _samples, _packet));
    }
}
