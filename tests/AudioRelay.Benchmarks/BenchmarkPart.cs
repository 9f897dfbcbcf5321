namespace AudioRelay.Benchmarks;

/// <summary>A part that can be run by itself.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="About">What it measures.</param>
/// <param name="Run">Measures.</param>
internal sealed record BenchmarkPart(string Name, string About, Func<Bench, Task> Run);
