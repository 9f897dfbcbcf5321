using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>The two real captures, where the folder with them is present.</summary>
internal static class RealCaptures
{
    public static readonly (string Name, int MetaInterval) Music = ("music-128k.aac", 16000);
    public static readonly (string Name, int MetaInterval) Scanner = ("scanner-16k.mp3", 64);

    public static byte[] Raw(string name)
    {
        Assert.SkipWhen(SharedData.Find("icy", name + ".raw") is null, SharedData.Missing("icy", name + ".raw"));
        return File.ReadAllBytes(SharedData.Find("icy", name + ".raw")!);
    }

    public static (FrameFormat Format, List<byte[]> Frames) Frames((string Name, int MetaInterval) capture)
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        new IcySplitter(capture.MetaInterval, new AudioOnly(splitter)).Feed(Raw(capture.Name));
        splitter.Flush();
        return (list.Formats[0], list.Frames);
    }

    private sealed class AudioOnly(FrameSplitter splitter) : IIcySink
    {
        public void OnAudio(ReadOnlySpan<byte> audio) => splitter.Feed(audio);

        public void OnMetadata(ReadOnlySpan<byte> block) { }
    }
}
