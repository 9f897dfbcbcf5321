using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Resampling;

/// <summary>
/// Changes the sample rate of mono sound: a polyphase Kaiser filter whose tables are shared by all streams with the same pair of
/// rates. Output sample n lies at input time n × in / out, without delay (the filter's own is taken off), and after
/// <see cref="Flush"/> exactly ⌈fed × out / in⌉ samples have come out. Equal rates pass through.
/// </summary>
public sealed class Resampler
{
    // What is fed beyond this is filtered in several goes.
    private const int Block = 4096;

    private readonly PolyphaseTable? _table;

    // The input from the sample that the next filter starts at: as many old samples as it reaches back, and what came since.
    private float[] _input = [];
    private float[] _output = [];
    private int _held;

    // Where in _input the next filter starts, and its phase.
    private int _start;
    private int _phase;

    /// <summary>A resampler from one rate to another.</summary>
    /// <param name="inputRate">Rate of the sound that is fed.</param>
    /// <param name="outputRate">Rate of the sound that comes out.</param>
    public Resampler(int inputRate, int outputRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputRate);
        InputRate = inputRate;
        OutputRate = outputRate;
        if (inputRate == outputRate)
            return;
        _table = PolyphaseTable.For(inputRate, outputRate);
        _input = new float[Block + _table.Length];
        Restart();
    }

    /// <summary>Rate of the sound that is fed.</summary>
    public int InputRate { get; }

    /// <summary>Rate of the sound that comes out.</summary>
    public int OutputRate { get; }

    /// <summary>Samples that were fed since the beginning.</summary>
    public long Consumed { get; private set; }

    /// <summary>Samples that came out since the beginning.</summary>
    public long Produced { get; private set; }

    /// <summary>Feeds any number of samples; the answer is valid until the next call (or as long as the input, at equal rates).</summary>
    /// <param name="input">Mono samples.</param>
    public ReadOnlySpan<float> Process(ReadOnlySpan<float> input)
    {
        Consumed += input.Length;
        if (_table is null)
        {
            Produced += input.Length;
            return input;
        }

        var room = (int)((long)(input.Length + _table.Length) * _table.Phases / _table.Step) + 2;
        if (_output.Length < room)
            _output = new float[room];
        var written = 0;
        while (!input.IsEmpty)
        {
            var count = Math.Min(input.Length, _input.Length - _held);
            input[..count].CopyTo(_input.AsSpan(_held));
            _held += count;
            input = input[count..];
            written += Filter(_table, _output.AsSpan(written));
        }
        Produced += written;
        return _output.AsSpan(0, written);
    }

    /// <summary>Gives what the filter still holds, so that all that was fed is out. The resampler is at a new beginning afterwards.</summary>
    public ReadOnlySpan<float> Flush()
    {
        if (_table is null)
        {
            Restart();
            return default;
        }
        var missing = (int)(((Consumed * OutputRate) + InputRate - 1) / InputRate - Produced);
        Span<float> silence = stackalloc float[256];
        silence.Clear();
        var rest = new float[missing];
        for (var written = 0; written < missing; )
        {
            var more = Process(silence);
            more = more[..Math.Min(more.Length, missing - written)];
            more.CopyTo(rest.AsSpan(written));
            written += more.Length;
        }
        Restart();
        return rest;
    }

    private void Restart()
    {
        Consumed = 0;
        Produced = 0;
        _start = 0;
        _phase = 0;
        _held = _table?.Before ?? 0;
        Array.Clear(_input);
    }

    /// <summary>Computes every output whose filter is wholly within the input, and moves what the next one needs to the front.</summary>
    private int Filter(PolyphaseTable table, Span<float> output)
    {
        var length = table.Length;
        var (whole, part) = Math.DivRem(table.Step, table.Phases);
        var start = _start;
        var phase = _phase;
        var written = 0;
        ref var input = ref MemoryMarshal.GetArrayDataReference(_input);
        ref var taps = ref MemoryMarshal.GetArrayDataReference(table.Coefficients);
        while (start + length <= _held)
        {
            output[written++] = Dot(ref Unsafe.Add(ref input, start), ref Unsafe.Add(ref taps, phase * length), length);
            start += whole;
            phase += part;
            if (phase >= table.Phases)
            {
                phase -= table.Phases;
                start++;
            }
        }

        // A filter may start beyond what is held when the rate falls steeply.
        var consumed = Math.Min(start, _held);
        _input.AsSpan(consumed, _held - consumed).CopyTo(_input);
        _held -= consumed;
        _start = start - consumed;
        _phase = phase;
        return written;
    }

    // Length is a multiple of 16, so a multiple of two vectors of 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(ref float a, ref float b, int length)
    {
        var first = Vector<float>.Zero;
        var second = Vector<float>.Zero;
        var i = 0;
        for (; i <= length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            first = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), first);
            second = Vector.FusedMultiplyAdd(Load(ref a, i + Vector<float>.Count), Load(ref b, i + Vector<float>.Count), second);
        }
        if (i < length)
            first = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), first);
        return Vector.Sum(first + second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float origin, int offset) => Vector.LoadUnsafe(ref origin, (nuint)offset);
}
