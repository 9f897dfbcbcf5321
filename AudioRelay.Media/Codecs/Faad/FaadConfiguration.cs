using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Faad;

/// <summary>NeAACDecConfiguration, as neaacdec.h has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FaadConfiguration
{
    public const byte LowComplexity = 2;
    public const byte Float = 4;

    public byte ObjectType;
    public CULong SampleRate;
    public byte OutputFormat;
    public byte DownMatrix;
    public byte UseOldAdtsFormat;
    public byte DontUpSampleImplicitSbr;
}
