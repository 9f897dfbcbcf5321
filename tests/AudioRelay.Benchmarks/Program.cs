using AudioRelay.Benchmarks;
using AudioRelay.Benchmarks.Chain;
using AudioRelay.Benchmarks.Codecs;
using AudioRelay.Benchmarks.Memory;
using AudioRelay.Benchmarks.Pages;
using AudioRelay.Benchmarks.Playback;
using AudioRelay.Benchmarks.Reporting;
using AudioRelay.Benchmarks.Segments;
using AudioRelay.Benchmarks.Storing;
using AudioRelay.Benchmarks.Sync;
using AudioRelay.Benchmarks.Titles;

// A part that needs a process of its own starts this program again.
if (args is [RecorderChild.Verb, .. var recorder])
{
    return await RecorderChild.Run(recorder);
}

if (args is [ServerChild.Verb, .. var server])
{
    return await ServerChild.Run(server);
}

if (args is [LiveRecorderChild.Verb, .. var live])
{
    return await LiveRecorderChild.Run(live);
}

if (args is [StoredRecorderChild.Verb, .. var stored])
{
    return await StoredRecorderChild.Run(stored);
}

if (args is [ReceiverChild.Verb, .. var receiver])
{
    return await ReceiverChild.Run(receiver);
}

BenchmarkPart[] parts =
[
    new(
        "codecs",
        "CPU per stream-hour of frames -> packets, against ffmpeg and the bare codec calls",
        bench => CodecBenchmark.Run(Console.Out, bench.Choose(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(2)))
    ),
    new("chain", "CPU per stream-hour of the whole capture, from ICY bytes to committed segments", ChainBenchmark.Run),
    new("allocation", "managed memory allocated per second of sound", AllocationBenchmark.Run),
    new("memory", "memory per recorded stream, in a process of its own", MemoryBenchmark.Run),
    new("store", "commits and reads of a show's SQLite file, and the machine's own fsync", StoreBenchmark.Run),
    new("segments", "segments that many ask for against nginx, and cold ones against their bare rows", SegmentsBenchmark.Run),
    new("pages", "first page and first playlist of a show after 1, 10, 100 and 365 days of recording", PagesBenchmark.Run),
    new("titles", "search by title among a million, in both stores", TitlesBenchmark.Run),
    new("playback", "playlists of a day and segments over HTTP", PlaybackBenchmark.Run),
    new("delay", "from a segment's commit on the recorder to its being playable on the receiver", DelayBenchmark.Run),
    new("sync", "a big show pulled, against its rows put straight into the same store", SyncBenchmark.Run),
    new("pull-memory", "a receiver's memory over a big pull (10 GB with --long)", PullMemoryBenchmark.Run),
    new("pull-shares", "who has a receiver's memory over a big pull, after a full collection each time", PullMemoryBenchmark.RunShares),
];

if (BenchmarkOptions.Read(args, [.. parts.Select(part => part.Name)], out var fault) is not { } options)
{
    await Console.Error.WriteLineAsync($"{fault}\n\nUsage: ./bench [PART …] [--quick | --long] [--folder DIRECTORY]\n");
    foreach (var part in parts)
    {
        await Console.Error.WriteLineAsync($"  {part.Name, -12} {part.About}");
    }

    return 2;
}

var table = new ResultTable();
using (var bench = new Bench(options, table, Console.Error))
{
    await Console.Out.WriteLineAsync(await Machine.Describe());
    foreach (var part in parts.Where(part => options.Parts.Count == 0 || options.Parts.Contains(part.Name)))
    {
        await Console.Error.WriteLineAsync($"{part.Name}: {part.About}");
        await part.Run(bench);
    }
}

await Console.Out.WriteLineAsync(table.ToString());
await Console.Out.WriteLineAsync(Machine.Load());
return 0;
