using AudioRelay.Media.Codecs.Native;

namespace AudioRelay.Media.Codecs.Opus;

/// <summary>Opus, mono, 48 kHz, 20 ms packets, VBR, tuned for any sound (not only speech).</summary>
internal sealed class OpusEncoder : FrameEncoder
{
    internal const int Rate = 48000;
    private const int Frame = 960;

    // RFC 6716: one frame has at most 1275 bytes, plus the table of contents.
    private const int LongestPacket = 1276;

    private readonly OpusApi _api;
    private readonly CodecHandle _handle;
    private readonly byte[] _packet = PinnedBuffer.Create<byte>(LongestPacket);

    private OpusEncoder(OpusApi api, CodecHandle handle)
        : base(Rate, Frame, api.Lookahead(handle.Address))
    {
        _api = api;
        _handle = handle;
    }

    public static OpusEncoder Open(OpusApi api, int bitrate, int complexity)
    {
        var handle = new CodecHandle(api.Create(Rate, channels: 1, OpusApi.ApplicationAudio), api.Destroy);
        try
        {
            api.Set(handle.Address, OpusApi.SetBitrate, bitrate);
            api.Set(handle.Address, OpusApi.SetVbr, 1);
            api.Set(handle.Address, OpusApi.SetComplexity, complexity);
            return new OpusEncoder(api, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override void Dispose() => _handle.Dispose();

    protected override ReadOnlySpan<byte> EncodeFrame(ReadOnlySpan<float> frame) =>
        _packet.AsSpan(0, _api.Encode(_handle.Address, frame, _packet));
}
