using System.Buffers.Binary;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Hundred;

/// <summary>A disk whose every fsync takes 10 ms, one after the other: a small library that is put in front of libc's.</summary>
internal sealed class SlowDisk : IDisposable
{
    public const string Missing = "gcc is not installed (Debian: apt-get install gcc libc6-dev)";

    private const string Source = """
        #include <fcntl.h>
        #include <pthread.h>
        #include <stdlib.h>
        #include <time.h>
        #include <unistd.h>

        static pthread_mutex_t disk = PTHREAD_MUTEX_INITIALIZER;
        static unsigned long long count;
        static int counter = -1;

        static int slow(void)
        {
            struct timespec pause = { 0, 10 * 1000 * 1000 };
            pthread_mutex_lock(&disk);
            nanosleep(&pause, NULL);
            count++;
            if (counter < 0) counter = open(getenv("SLOW_DISK_COUNTER"), O_CREAT | O_WRONLY, 0600);
            if (pwrite(counter, &count, sizeof count, 0) < 0) abort();
            pthread_mutex_unlock(&disk);
            return 0;
        }

        int fsync(int file) { (void)file; return slow(); }
        int fdatasync(int file) { (void)file; return slow(); }
        """;

    private readonly TemporaryFolder _folder = new();

    public static bool CanBeMade => OperatingSystem.IsLinux() && ToolProcess.IsInstalled("gcc");

    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>How often something was made safe on it.</summary>
    public long Syncs => BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(_folder.File("count")));

    public static async Task<SlowDisk> Make()
    {
        var disk = new SlowDisk();
        var library = disk._folder.File("slow.so");
        await File.WriteAllTextAsync(disk._folder.File("slow.c"), Source);
        await ToolProcess.Run("gcc", ["-shared", "-fPIC", "-O1", "-pthread", "-o", library, disk._folder.File("slow.c")]);
        disk.Environment = new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["SLOW_DISK_COUNTER"] = disk._folder.File("count") };
        return disk;
    }

    public void Dispose() => _folder.Dispose();
}
