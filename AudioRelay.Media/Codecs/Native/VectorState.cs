using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioRelay.Media.Codecs.Native;

/// <summary>
/// Leaves the vector unit as native code wants it. Code with 256-bit vectors dirties the upper halves of the registers, and while
/// they are dirty old SSE code, such as that of libopus, runs at half its speed. The compiler cleans them where a method with such
/// vectors returns, but not where one calls on: after enough calls for it to inline our loops, Opus took 2.4 times as long.
/// </summary>
internal static class VectorState
{
    private static Vector256<byte> s_written;

    /// <summary>To be called right before a native codec works.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Clean()
    {
        // Any use of a 256-bit register will do: what matters is the instruction at the end of such a method (vzeroupper).
        if (Vector256.IsHardwareAccelerated)
            s_written = Vector256<byte>.Zero;
    }
}
