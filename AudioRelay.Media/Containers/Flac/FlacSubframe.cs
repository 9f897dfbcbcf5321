namespace AudioRelay.Media.Containers.Flac;

/// <summary>One channel of one frame: constant, or the best fixed predictor with a Rice-coded rest, or verbatim when that is smaller.</summary>
internal static class FlacSubframe
{
    private const int MaxOrder = 4;
    private const int Bits = 16;

    public static void Write(ref FlacBits bits, scoped ReadOnlySpan<int> samples)
    {
        if (!samples.ContainsAnyExcept(samples[0]))
        {
            bits.Write(0, 8);
            bits.Write((uint)samples[0], Bits);
            return;
        }

        var order = BestOrder(samples);
        Span<uint> rest = stackalloc uint[FlacStream.BlockSize];
        rest = rest[..(samples.Length - order)];
        Predict(samples, order, rest);
        var partitions = FlacPartitions.Choose(rest, order);
        if (partitions.CostInBits + (order * Bits) + 6 >= samples.Length * Bits)
        {
            bits.Write(0b0000_0010, 8);
            WriteRaw(ref bits, samples);
            return;
        }

        bits.Write((uint)((0b001000 | order) << 1), 8);
        WriteRaw(ref bits, samples[..order]);
        partitions.Write(ref bits, rest, order);
    }

    private static void WriteRaw(ref FlacBits bits, scoped ReadOnlySpan<int> samples)
    {
        foreach (var sample in samples)
        {
            bits.Write((uint)sample, Bits);
        }
    }

    // The order whose rest is smallest in sum: each is the difference of the one before.
    private static int BestOrder(ReadOnlySpan<int> samples)
    {
        if (samples.Length <= MaxOrder)
        {
            return 0;
        }

        Span<long> sums = stackalloc long[MaxOrder + 1];
        sums.Clear();
        var (d0, d1, d2, d3) = (samples[3], samples[3] - samples[2], 0, 0);
        d2 = d1 - (samples[2] - samples[1]);
        d3 = d2 - (samples[2] - (2 * samples[1]) + samples[0]);
        for (var i = MaxOrder; i < samples.Length; i++)
        {
            var e0 = samples[i];
            var e1 = e0 - d0;
            var e2 = e1 - d1;
            var e3 = e2 - d2;
            var e4 = e3 - d3;
            sums[0] += Math.Abs(e0);
            sums[1] += Math.Abs(e1);
            sums[2] += Math.Abs(e2);
            sums[3] += Math.Abs(e3);
            sums[4] += Math.Abs(e4);
            (d0, d1, d2, d3) = (e0, e1, e2, e3);
        }

        var best = 0;
        for (var order = 1; order <= MaxOrder; order++)
        {
            best = sums[order] < sums[best] ? order : best;
        }

        return best;
    }

    // The rest, folded so that small numbers of either sign are small: 0, -1, 1, -2, …
    private static void Predict(ReadOnlySpan<int> s, int order, Span<uint> rest)
    {
        for (var i = order; i < s.Length; i++)
        {
            var e = order switch
            {
                0 => s[i],
                1 => s[i] - s[i - 1],
                2 => s[i] - (2 * s[i - 1]) + s[i - 2],
                3 => s[i] - (3 * s[i - 1]) + (3 * s[i - 2]) - s[i - 3],
                _ => s[i] - (4 * s[i - 1]) + (6 * s[i - 2]) - (4 * s[i - 3]) + s[i - 4],
            };
            rest[i - order] = (uint)((e << 1) ^ (e >> 31));
        }
    }
}
