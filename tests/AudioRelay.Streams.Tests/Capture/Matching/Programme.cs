namespace AudioRelay.Streams.Tests.Capture.Matching;

/// <summary>Hashes of frames as stations send them.</summary>
internal static class Programme
{
    public static ulong[] Music(Random random, int frames) => [.. Enumerable.Range(0, frames).Select(_ => (ulong)random.NextInt64())];

    /// <summary>Media time at the end of each frame.</summary>
    public static long[] Ends(int frames, double frameUs) => [.. Enumerable.Range(1, frames).Select(i => (long)(i * frameUs))];

    /// <summary>Sound with stretches of digital silence, as pauses are.</summary>
    public static ulong[] WithPauses(Random random, int frames, double silentShare)
    {
        var programme = new ulong[frames];
        for (var at = 0; at < frames; )
        {
            var length = random.Next(10, 400);
            var silent = random.NextDouble() < silentShare;
            for (var end = Math.Min(frames, at + length); at < end; at++)
            {
                programme[at] = silent ? 0 : (ulong)random.NextInt64();
            }
        }

        return programme;
    }
}
