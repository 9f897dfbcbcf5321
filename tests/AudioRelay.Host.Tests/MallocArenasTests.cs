namespace AudioRelay.Host.Tests;

public sealed class MallocArenasTests
{
    [Fact]
    public void The_heaps_of_malloc_are_bounded_where_the_library_has_several()
    {
        // Debian's glibc, on which the program runs and is tested; elsewhere it says that it could not.
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/etc/debian_version"), "This is another system's library.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null, "Whoever runs the tests has set it.");
        Assert.True(MallocArenas.Bound());
    }
}
