using AudioRelay.Benchmarks.Reporting;

namespace AudioRelay.Benchmarks.Sync;

/// <summary>Pulls between runs of a peer, and what comes of comparing each with its neighbours.</summary>
/// <param name="what">What is pulled into.</param>
/// <param name="peer">What the peer does.</param>
/// <param name="rows">What both write.</param>
/// <param name="aim">The ratio that is wanted.</param>
internal sealed class SyncPairs(string what, string peer, SyncRows rows, double aim)
{
    private const int Rounds = 3;
    private readonly List<PullResult> _pulls = [];
    private readonly List<(double Rate, PullCpu Cpu)> _peers = [];

    public async Task Measure(Bench bench, Func<Task<(double Rate, PullCpu Cpu)>> runPeer, Func<Task<PullResult>> pull)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            _peers.Add(await runPeer());
            _pulls.Add(await pull());
            bench.Say(
                $"{what}, {rows.Blob.Length / 1000} kB, {round} of {Rounds}: {rows.Rate(_pulls[^1].Sustained)}, before it the peer {rows.Rate(_peers[^1].Rate)}, "
                    + $"{Machine.LoadNow()}; CPU a segment {Cpu(_pulls[^1].Cpu)}, the peer {Cpu(_peers[^1].Cpu)}"
            );
        }

        _peers.Add(await runPeer());
        var ratios = _pulls.Select((p, i) => p.Sustained / ((_peers[i].Rate + _peers[i + 1].Rate) / 2)).ToList();
        var ratio = Median(ratios);
        bench.Table.Group(
            $"Sync: {rows.Count} segments of {rows.Blob.Length / 1000} kB, medians of {Rounds} pulls between {Rounds + 1} of the peer, {Machine.LoadNow()}"
        );
        bench.Table.Add(
            new ResultRow(
                what,
                rows.Rate(Median(_pulls.Select(p => p.Sustained))),
                $"{peer} {rows.Rate(Median(_peers.Select(p => p.Rate)))}",
                ratio,
                $">= {aim:0.0#} x",
                ratio >= aim
            )
        );
        bench.Table.Add(new ResultRow("  least and most of these ratios", $"{ratios.Min():0.00} and {ratios.Max():0.00}"));
        var (ours, theirs) = (Median(_pulls.Select(p => p.Cpu)), Median(_peers.Select(p => p.Cpu)));
        bench.Table.Add(new ResultRow("  CPU a segment, both ends and server", Cpu(ours), Cpu(theirs), ours.Sum / theirs.Sum));
    }

    /// <summary>Another peer, for what the first leaves open.</summary>
    public void Note(Bench bench, string other, double rate) =>
        bench.Table.Add(
            new ResultRow(
                $"  against {other}",
                rows.Rate(Median(_pulls.Select(p => p.Sustained))),
                rows.Rate(rate),
                Median(_pulls.Select(p => p.Sustained)) / rate
            )
        );

    private static double Median(IEnumerable<double> of)
    {
        var sorted = of.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static PullCpu Median(IEnumerable<PullCpu> of)
    {
        var all = of.ToList();
        TimeSpan Of(Func<PullCpu, TimeSpan> part) => TimeSpan.FromMicroseconds(Median(all.Select(cpu => part(cpu).TotalMicroseconds)));
        return new PullCpu(Of(cpu => cpu.Client), Of(cpu => cpu.Recorder), Of(cpu => cpu.Server));
    }

    private static string Cpu(PullCpu cpu)
    {
        var recorder = cpu.Recorder > TimeSpan.Zero ? $" + recorder {cpu.Recorder.TotalMicroseconds:0}" : "";
        var server = cpu.Server > TimeSpan.Zero ? $" + server {cpu.Server.TotalMicroseconds:0}" : "";
        return $"{cpu.Client.TotalMicroseconds:0}{recorder}{server} us";
    }
}
