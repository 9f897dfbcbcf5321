namespace AudioRelay.Media.Tests.Containers.Mp4;

internal static class Mp4BoxesExtensions
{
    /// <summary>The one box at a path such as <c>moov/trak/mdia/mdhd</c>.</summary>
    public static Mp4Box At(this IEnumerable<Mp4Box> boxes, string path)
    {
        var level = boxes;
        Mp4Box? found = null;
        foreach (var part in path.Split('/'))
        {
            found = Assert.Single(level, b => b.Type == part);
            level = found.Children;
        }

        return found!;
    }
}
