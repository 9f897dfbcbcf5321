using System.Globalization;
using System.Text;
using AudioRelay.Media.Framing;

namespace AudioRelay.TestKit.Stations;

/// <summary>One connection to a <see cref="ScriptedStation"/>: what the station answers, and what it sends when.</summary>
public sealed class StationDial
{
    private readonly ScriptedStation _station;
    private readonly Broadcast _broadcast;
    private readonly long _atUs;
    private readonly Drop? _down;
    private readonly Random _chance;

    internal StationDial(ScriptedStation station, Broadcast broadcast, int number, long atUs, int metaInterval, Drop? down)
    {
        _station = station;
        _broadcast = broadcast;
        _atUs = atUs;
        _down = down;
        Number = number;
        MetaInterval = metaInterval;
        _chance = new Random(unchecked((station.Script.Seed * 31) + number));
    }

    private StationScript Script => _station.Script;

    /// <summary>1 for the station's first dial.</summary>
    public int Number { get; }

    /// <summary>Bytes of sound between two metadata blocks; 0 for none.</summary>
    public int MetaInterval { get; }

    /// <summary>Whether the connection is closed without an answer.</summary>
    public bool IsRefused => _down is { DownStatus: 0 };

    /// <summary>Whether there is sound after the head.</summary>
    public bool IsOnAir => _down is null && !Script.EndlessHeaders;

    /// <summary>The answer's status line and headers; without the empty line at the end when the headers are endless.</summary>
    public byte[] Head
    {
        get
        {
            if (_down is not null)
            {
                return Encoding.Latin1.GetBytes($"HTTP/1.0 {_down.DownStatus} Scripted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }

            List<string> lines = [Script.StatusLine, "icy-name:Scripted"];
            var contentType = Script.ContentType ?? (Script.Source.Format.Codec == SourceCodec.Mp3 ? "audio/mpeg" : "audio/aac");
            if (contentType.Length > 0)
            {
                lines.Add($"Content-Type: {contentType}");
            }

            if (Script.DateError is { } error)
            {
                var date = DateTimeOffset.UnixEpoch.AddMicroseconds(_atUs) + error;
                lines.Add($"Date: {date.ToString("R", CultureInfo.InvariantCulture)}");
            }

            if (MetaInterval > 0)
            {
                lines.Add($"icy-metaint:{MetaInterval}");
            }

            lines.AddRange(Script.Headers);
            return Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + (Script.EndlessHeaders ? "\r\n" : "\r\n\r\n"));
        }
    }

    /// <summary>What arrives when, head excluded; ends only if the station hangs up. Lazy: stop when you have enough.</summary>
    public IEnumerable<StationChunk> Chunks =>
        Script.EndlessHeaders ? WithEnd(HeaderLines())
        : _down is null ? WithEnd(Sound())
        : [new StationChunk(_atUs, default, StationEnd.Closed)];

    private IEnumerable<StationChunk> HeaderLines()
    {
        for (long i = 0; ; i++)
        {
            yield return new StationChunk(_atUs + (i * 1000), Encoding.Latin1.GetBytes($"X-Pad-{i}: {new string('x', 900)}\r\n"));
        }
    }

    // The burst, then each piece when it is ready, collected into blocks and with metadata between.
    private IEnumerable<StationChunk> Sound()
    {
        var icy = new IcyInterleaver(MetaInterval, Script.TitleEncoding);
        var raw = new Queue<(long AtUs, RawMetadata Act)>(_station.Acts<RawMetadata>().Where(r => r.AtUs > _atUs));
        List<byte> pending = [];
        foreach (var frame in Script.PreRoll?.Invoke(Number) ?? [])
        {
            icy.Write(pending, frame, TitleAt(_atUs));
        }

        var live = _broadcast.FirstAfter(_atUs);
        var (first, skip) = BurstStart(live);
        for (var ordinal = first; ; ordinal++)
        {
            var aired = _broadcast.At(ordinal);
            while (raw.TryPeek(out var next) && next.AtUs <= aired.ReadyUs)
            {
                icy.SendRaw(raw.Dequeue().Act.Block);
            }

            if (ordinal == live && pending.Count > 0)
            {
                yield return Take(pending, _atUs);
            }

            icy.Write(pending, BytesOf(aired).AsSpan(skip), TitleAt(aired.ReadyUs));
            skip = 0;
            if (ordinal >= live && pending.Count >= Script.BlockBytes)
            {
                yield return Take(pending, aired.ReadyUs);
            }
        }
    }

    private (long First, int Skip) BurstStart(long live)
    {
        var first = live;
        var bytes = 0;
        while (first > 0 && bytes < Script.BurstBytes)
        {
            bytes += BytesOf(_broadcast.At(--first)).Length;
        }

        var excess = bytes - Script.BurstBytes;
        if (excess <= 0 && !Script.StartsOnFrame)
        {
            return (first, _chance.Next(BytesOf(_broadcast.At(first)).Length));
        }

        return Script.StartsOnFrame ? (excess > 0 ? first + 1 : first, 0) : (first, excess);
    }

    private byte[] BytesOf(AiredFrame aired) =>
        aired.Source is { } source && Script.Reencode is { } reencode ? reencode(Number, source).FrameAt(aired.Index) : aired.Bytes;

    private string TitleAt(long us)
    {
        var titles = _station.Acts<Title>();
        for (var i = titles.Length - 1; i >= 0; i--)
        {
            if (titles[i].AtUs <= us)
            {
                return titles[i].Act.Text;
            }
        }

        return "";
    }

    private StationChunk Take(List<byte> pending, long readyUs)
    {
        var chunk = new StationChunk(readyUs + (long)(_chance.NextDouble() * Script.Jitter.TotalMicroseconds), pending.ToArray());
        pending.Clear();
        return chunk;
    }

    // Holds back what stalls hold back, keeps the order, and ends the connection at the first drop.
    private IEnumerable<StationChunk> WithEnd(IEnumerable<StationChunk> chunks)
    {
        var last = _atUs;
        foreach (var chunk in chunks)
        {
            var at = Math.Max(last, chunk.AtUs);
            foreach (var (stallUs, stall) in _station.Acts<Stall>())
            {
                var untilUs = stallUs + (long)stall.For.TotalMicroseconds;
                at = at >= stallUs && at < untilUs ? untilUs : at;
            }

            foreach (var (dropUs, drop) in _station.Acts<Drop>())
            {
                if (dropUs > _atUs && dropUs <= at)
                {
                    yield return new StationChunk(dropUs, default, drop.Reset ? StationEnd.Reset : StationEnd.Closed);
                    yield break;
                }
            }

            last = at;
            yield return chunk with
            {
                AtUs = at,
            };
        }
    }
}
