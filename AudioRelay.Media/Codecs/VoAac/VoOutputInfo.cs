using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>VO_AUDIO_OUTPUTINFO.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VoOutputInfo
{
    public CLong SampleRate;
    public CLong Channels;
    public CLong SampleBits;
    public CULong InputUsed;
    public CULong Reserved;
}
