using System.Buffers;

namespace AudioRelay.Streams.Sync.Wire;

/// <summary>
/// Buffers for answers, where they are written and where they are read. Small ones come from the shared pool. That keeps one of each size for every thread that ever gave one back, and more for
/// each core, which is nothing for kilobytes; a receiver that catches up has answers of megabytes and gives them back on any thread, and its
/// memory grew with every thread that had its turn. So of large ones only a few are kept, whoever gives them back.
/// </summary>
internal static class AnswerBuffers
{
    /// <summary>Of each large size, so many are kept.</summary>
    public const int KeptOfASize = 3;

    /// <summary>From this size on, bytes.</summary>
    public const int Large = 256 * 1024;

    private const int Largest = 64 * 1024 * 1024;
    private static readonly ArrayPool<byte> Few = ArrayPool<byte>.Create(Largest, KeptOfASize);

    /// <summary>A buffer of at least this size; its contents are anything.</summary>
    public static byte[] Rent(int size) => (size > Large / 2 ? Few : ArrayPool<byte>.Shared).Rent(size); // sizes are powers of two

    /// <summary>Gives back a buffer that was rented here.</summary>
    public static void Return(byte[] buffer) => (buffer.Length >= Large ? Few : ArrayPool<byte>.Shared).Return(buffer);
}
