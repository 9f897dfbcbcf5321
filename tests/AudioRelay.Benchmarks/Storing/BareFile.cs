using AudioRelay.Benchmarks.Measuring;

namespace AudioRelay.Benchmarks.Storing;

/// <summary>The disk without a database: bytes appended to a file and synced, each time.</summary>
internal static class BareFile
{
    public static Durations Append(string path, byte[] data, int count)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var taken = new Durations();
        for (var i = 0; i < count; i++)
        {
            taken.Take(() =>
            {
                file.Write(data);
                file.Flush(flushToDisk: true);
                return true;
            });
        }

        return taken;
    }
}
