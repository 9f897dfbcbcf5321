using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>AACENC_PARAM.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VoParameter
{
    public int SampleRate;
    public int BitRate;
    public short Channels;
    public short Adts;
}
