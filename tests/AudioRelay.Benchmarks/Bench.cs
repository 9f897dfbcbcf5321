using AudioRelay.Benchmarks.Reporting;

namespace AudioRelay.Benchmarks;

/// <summary>What every part is given: where to work, how much, and where the figures go.</summary>
internal sealed class Bench(BenchmarkOptions options, ResultTable table, TextWriter progress) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(
        Path.Combine(options.Folder ?? Path.GetTempPath(), $"audiorelay-bench-{Environment.ProcessId}")
    );

    private int _files;

    public ResultTable Table => table;

    public bool Quick => options.Quick;

    public bool Long => options.Long;

    /// <summary>Says what is being done, apart from the results.</summary>
    public void Say(string what) => progress.WriteLine($"  … {what}");

    /// <summary>An empty folder of a part's own.</summary>
    public string NewFolder(string name) => _folder.CreateSubdirectory($"{name}-{++_files}").FullName;

    /// <summary>The whole amount, or the small one for a quick look.</summary>
    public T Choose<T>(T whole, T small) => Quick ? small : whole;

    public void Dispose() => _folder.Delete(recursive: true);
}
