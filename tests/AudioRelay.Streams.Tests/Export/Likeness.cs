namespace AudioRelay.Streams.Tests.Export;

/// <summary>How alike two sounds are.</summary>
internal static class Likeness
{
    /// <summary>The correlation of two sounds at the same place: 1 when one is the other, whatever its level.</summary>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
