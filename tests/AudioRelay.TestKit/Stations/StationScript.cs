using System.Text;

namespace AudioRelay.TestKit.Stations;

/// <summary>What a <see cref="ScriptedStation"/> is like and what it does.</summary>
public sealed record StationScript
{
    public IFrameSource Source { get; init; } = new SyntheticSource();

    /// <summary>What happens when; in any order.</summary>
    public IReadOnlyList<StationAct> Acts { get; init; } = [];

    /// <summary>How much too fast the station's clock runs, in parts per million.</summary>
    public double ClockPpm { get; init; }

    /// <summary>How much of what was just sent each new listener gets at once, in bytes. Icecast's default is 64 KiB.</summary>
    public int BurstBytes { get; init; }

    /// <summary>Whether a listener's first byte is a frame's first byte; real servers begin in mid-frame.</summary>
    public bool StartsOnFrame { get; init; }

    /// <summary>Sound is sent in pieces of at least this many bytes; 0 sends every frame when it is ready. Icecast: 1400.</summary>
    public int BlockBytes { get; init; } = 1400;

    /// <summary>The most that a piece arrives late. Chance comes from <see cref="Seed"/>, so every run is the same.</summary>
    public TimeSpan Jitter { get; init; }

    public int Seed { get; init; }

    /// <summary><c>icy-metaint</c>; 0 sends no metadata.</summary>
    public int MetaInterval { get; init; }

    public Encoding TitleEncoding { get; init; } = Encoding.UTF8;

    /// <summary>Frames that a dial (1, 2, …) hears before anything else: an advertisement.</summary>
    public Func<int, IEnumerable<byte[]>>? PreRoll { get; init; }

    /// <summary>What the source becomes for a dial (1, 2, …): a station that encodes for each listener anew.</summary>
    public Func<int, IFrameSource, IFrameSource>? Reencode { get; init; }

    /// <summary>The first line of the answer; old servers say <c>ICY 200 OK</c>.</summary>
    public string StatusLine { get; init; } = "HTTP/1.0 200 OK";

    /// <summary>Null for what the source is; empty for no such header; anything else to lie.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further header lines, as they are.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>How far the <c>Date</c> header is off; null sends none.</summary>
    public TimeSpan? DateError { get; init; } = TimeSpan.Zero;

    /// <summary>The headers never end.</summary>
    public bool EndlessHeaders { get; init; }
}
