using System.Globalization;
using System.Text;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Icecast;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Icecast;

/// <summary>
/// A real Icecast with four mounts, recorded once in every format by one recorder, through a proxy that keeps what passes; then the same
/// recorder started again outside its window, to be asked for what it has.
/// </summary>
public sealed class IcecastRecording : IAsyncLifetime
{
    /// <summary>Seconds of sound sent before the recorder is started.</summary>
    internal const double Before = 3;

    internal const string SecondTitle = "Künstler - it's; two";
    internal const string FirstTitle = "First";
    internal const double Total = 15;
    private static readonly string[] Formats = ["opus", "aac", "wav", "copy"];

    private TempConfig? _config;

    internal static double[] Markers { get; } = [2.0, 10.0];

    internal IReadOnlyList<Mount> Mounts { get; private set; } = [];

    internal RecorderRun? Server { get; private set; }

    /// <summary>When the second title was set, UTC ms.</summary>
    internal long SecondTitleMs { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (!IcecastServer.IsInstalled || !Ffmpeg.IsInstalled)
        {
            return;
        }

        Mounts =
        [
            new("mp3", "audio/mpeg", await MadeSound.Mp3(Total + 1, 128, Markers), "mp3"),
            new("lc", "audio/aac", await MadeSound.AacLc(Total + 1, 96, Markers), "aac"),
            new("he", "audio/aacp", new LoopedSource(SoundFixture.HeAac), "aac"),
            new("hev2", "audio/aacp", new LoopedSource(SoundFixture.HeAacV2), "aac"),
        ];
        await using var icecast = await IcecastServer.Start([
            .. Mounts.Select(mount => new IcecastMount(mount.Path) { BurstBytes = 131_072 }),
        ]);
        await using var proxy = new ChaosProxy(icecast.Address("/"), TimeProvider.System, new Random(1));
        _config = new TempConfig(Shows(proxy, icecast, window: ""));
        await Record(icecast, proxy, _config);
        var later = TimeProvider.System.GetUtcNow().AddHours(3);
        var window = $"""
            [sessions.schedule]
            record_start = '{later.ToString("HH:mm", CultureInfo.InvariantCulture)}'
            record_end = '{later.AddHours(1).ToString("HH:mm", CultureInfo.InvariantCulture)}'
            """;
        _config.Write(Shows(proxy, icecast, window));
        Server = await RecorderRun.Start(_config);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        _config?.Dispose();
    }

    internal Mount Mount(string name)
    {
        Assert.SkipUnless(IcecastServer.IsInstalled, IcecastServer.Missing);
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        return Mounts.Single(mount => mount.Name == name);
    }

    internal StoredShow Stored(string show) => new(_config!.Database(show));

    private IEnumerable<ShowLines> Shows(ChaosProxy proxy, IcecastServer icecast, string window) =>
        from mount in Mounts
        from format in Formats
        select new ShowLines(
            $"{mount.Name}-{format}",
            proxy.Through(icecast.Address(mount.Path)),
            format,
            Split: 2,
            Bitrate: format is "opus" or "aac" ? 32 : null
        )
        {
            More = window,
        };

    private async Task Record(IcecastServer icecast, ChaosProxy proxy, TempConfig config)
    {
        var sources = new Dictionary<Mount, IcecastSource>();
        foreach (var mount in Mounts)
        {
            sources[mount] = await icecast.Source(mount.Path, mount.ContentType);
        }

        await Task.WhenAll(Mounts.Select(mount => Play(mount, sources[mount], 0, Before)));
        foreach (var mount in Mounts)
        {
            await icecast.SetTitle(mount.Path, FirstTitle);
        }

        var playing = Task.WhenAll(Mounts.Select(mount => Play(mount, sources[mount], Before, Total)));
        await using var recorder = await RecorderRun.Start(config);
        await recorder.Commits.Reaches("mp3-copy", 3);
        SecondTitleMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var mount in Mounts)
        {
            await icecast.SetTitle(mount.Path, SecondTitle);
        }

        await playing;
        foreach (var source in sources.Values)
        {
            await source.DisposeAsync();
        }

        // The recorder dials again when it has read the end, so everything that was tapped has reached it.
        for (var known = 0; Mounts.Any(mount => Of(proxy, mount).Count() < 2); known++)
        {
            await proxy.Connection(known);
        }

        foreach (var mount in Mounts)
        {
            mount.Tapped = TappedStream.Sound(Of(proxy, mount).First().ToClient);
        }

        Assert.Equal(0, await recorder.Stop());
    }

    private static async Task Play(Mount mount, IcecastSource source, double from, double until)
    {
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        mount.OnAir = from == 0 ? (nowUs, 0) : (mount.OnAir.FirstUs, nowUs);
        await source.Play(mount.Sound, TimeProvider.System, CancellationToken.None, mount.Frames(until) - mount.Frames(from));
    }

    private static IEnumerable<ChaosConnection> Of(ChaosProxy proxy, Mount mount) =>
        proxy.Connections.Where(c => Encoding.Latin1.GetString(c.ToServer).StartsWith($"GET {mount.Path} ", StringComparison.Ordinal));
}
