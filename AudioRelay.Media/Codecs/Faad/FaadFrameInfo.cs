using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Faad;

/// <summary>NeAACDecFrameInfo, as neaacdec.h has it, with room behind it for what later versions may add.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FaadFrameInfo
{
    public CULong BytesConsumed;
    public CULong Samples;
    public byte Channels;
    public byte Error;
    public CULong SampleRate;
    public byte Sbr;
    public byte ObjectType;
    public byte HeaderType;
    public Rest Unused;

    /// <summary>Channel counts, channel positions, ps, and the spare room.</summary>
    [InlineArray(256)]
    internal struct Rest
    {
        private byte _first;
    }
}
