using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.VoAac;

/// <summary>VO_CODECBUFFER.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VoBuffer
{
    public void* Data;
    public CULong Length;
    public long Time;
}
