using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioRelay.Media.Containers.Flac;

/// <summary>How a channel's rest is cut into partitions, each with its own Rice parameter.</summary>
internal struct FlacPartitions
{
    private const int MaxPartitionOrder = 6;
    private const int MaxParameter = 14; // 15 is the escape code

    private Parameters _parameters;
    private int _partitionOrder;

    /// <summary>What writing costs at most.</summary>
    public long CostInBits { get; private set; }

    /// <summary>Finds the cheapest cut.</summary>
    public static FlacPartitions Choose(ReadOnlySpan<uint> rest, int order)
    {
        var blockSize = rest.Length + order;
        var finest = 0;
        while (finest < MaxPartitionOrder && blockSize % (2 << finest) == 0 && blockSize >> (finest + 1) > order)
        {
            finest++;
        }

        Span<long> sums = stackalloc long[1 << finest];
        var size = blockSize >> finest;
        for (var p = 0; p < sums.Length; p++)
        {
            var start = Math.Max(0, (p * size) - order);
            sums[p] = 0;
            foreach (var value in rest[start..(((p + 1) * size) - order)])
            {
                sums[p] += value;
            }
        }

        var best = Weigh(sums, finest, blockSize, order);
        for (var partitionOrder = finest - 1; partitionOrder >= 0; partitionOrder--)
        {
            for (var p = 0; p < 1 << partitionOrder; p++)
            {
                sums[p] = sums[2 * p] + sums[(2 * p) + 1];
            }

            var coarser = Weigh(sums[..(1 << partitionOrder)], partitionOrder, blockSize, order);
            best = coarser.CostInBits <= best.CostInBits ? coarser : best;
        }

        return best;
    }

    /// <summary>Writes the rest.</summary>
    public readonly void Write(ref FlacBits bits, scoped ReadOnlySpan<uint> rest, int order)
    {
        bits.Write((uint)_partitionOrder, 6); // two bits: four-bit parameters; four bits: how many partitions
        var size = (rest.Length + order) >> _partitionOrder;
        for (var p = 0; p < 1 << _partitionOrder; p++)
        {
            var parameter = _parameters[p];
            bits.Write(parameter, 4);
            foreach (var value in rest[Math.Max(0, (p * size) - order)..(((p + 1) * size) - order)])
            {
                bits.Unary(value >> parameter);
                bits.Write(value, parameter);
            }
        }
    }

    private static FlacPartitions Weigh(ReadOnlySpan<long> sums, int partitionOrder, int blockSize, int order)
    {
        var result = new FlacPartitions { _partitionOrder = partitionOrder };
        for (var p = 0; p < sums.Length; p++)
        {
            var count = (blockSize >> partitionOrder) - (p == 0 ? order : 0);
            var mean = (ulong)(sums[p] / count);
            var parameter = Math.Clamp(mean == 0 ? 0 : BitOperations.Log2(mean), 0, MaxParameter);
            if (parameter < MaxParameter && Cost(sums[p], count, parameter + 1) < Cost(sums[p], count, parameter))
            {
                parameter++;
            }

            result._parameters[p] = (byte)parameter;
            result.CostInBits += 4 + Cost(sums[p], count, parameter);
        }

        return result;
    }

    // An upper limit: the sum of the quotients is at most the quotient of the sum.
    private static long Cost(long sum, int count, int parameter) => (sum >> parameter) + (count * (1L + parameter));

    [InlineArray(1 << MaxPartitionOrder)]
    private struct Parameters
    {
        private byte _first;
    }
}
