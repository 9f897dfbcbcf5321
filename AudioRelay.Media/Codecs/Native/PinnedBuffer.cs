namespace AudioRelay.Media.Codecs.Native;

/// <summary>Memory that native code may write to: it never moves.</summary>
internal static class PinnedBuffer
{
    /// <summary>A zeroed array that the collector leaves in its place.</summary>
    public static T[] Create<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);
}
