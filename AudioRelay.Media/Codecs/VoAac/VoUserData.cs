using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>VO_CODEC_INIT_USERDATA.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VoUserData
{
    public CLong MemoryFlag;
    public void* MemoryFunctions;
    public CULong Reserved1;
    public CULong Reserved2;
}
