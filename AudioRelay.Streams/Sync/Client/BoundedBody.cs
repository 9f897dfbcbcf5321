using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Reads a body to its end into a pooled buffer that grows with what has come, not with what was promised.</summary>
internal static class BoundedBody
{
    private const int Smallest = 4096;

    /// <summary>The buffer, which is the caller's to give back, and how much of it was filled.</summary>
    /// <exception cref="InvalidDataException">It is longer than the bound.</exception>
    public static async Task<(byte[] Buffer, int Length)> ReadAsync(Stream body, long? promised, AnswerBound bound, StallWatch watch)
    {
        var most = bound.Most;
        Check(promised ?? 0, most);
        // One byte more than promised, so that the end is seen without growing.
        var buffer = AnswerBuffers.Rent((int)Math.Clamp((promised ?? 0) + 1, Smallest, bound.Usual + Smallest));
        var length = 0;
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(length), watch.Token) is > 0 and var read)
            {
                watch.Restart();
                length += read;
                if (bound.Tightened is { } tightened)
                {
                    most = Math.Min(most, tightened(buffer.AsMemory(0, length)));
                }

                Check(length, most);
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return (buffer, length);
        }
        catch
        {
            AnswerBuffers.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = AnswerBuffers.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        AnswerBuffers.Return(full);
        return larger;
    }

    private static void Check(long length, long most)
    {
        if (length > most)
        {
            throw new InvalidDataException($"the answer is longer than {most} bytes");
        }
    }
}
