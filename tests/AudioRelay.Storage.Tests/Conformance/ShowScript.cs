namespace AudioRelay.Storage.Tests.Conformance;

/// <summary>What a store of a conformance test is to hold; each kind of store writes it its own way.</summary>
public sealed record ShowScript(params ShowScript.Section[] Sections)
{
    public const int Rate = 48000;

    /// <summary>Equal segments; every one has bytes that tell its place.</summary>
    public sealed record Section(long Id, long StartMs, int Segments, long SamplesEach)
    {
        public byte[] Data(int index) => [.. BitConverter.GetBytes(Id), .. BitConverter.GetBytes(index), .. new byte[index * 10]];
    }
}
