using System.Text;
using AudioRelay.Media.Codecs;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Host.Config.Reading;

/// <summary>One entry of <c>[[sessions]]</c>.</summary>
internal static class SessionReader
{
    private const int HoursOfACentury = 876_000;

    private static readonly Dictionary<string, StoredFormat> Formats = new()
    {
        ["opus"] = StoredFormat.Opus,
        ["aac"] = StoredFormat.Aac,
        ["wav"] = StoredFormat.Wav,
        ["copy"] = StoredFormat.Copy,
    };

    private static readonly Dictionary<string, DecoderChoice> Decoders = new()
    {
        ["auto"] = DecoderChoice.Auto,
        ["small"] = DecoderChoice.Small,
        ["libavcodec"] = DecoderChoice.Libavcodec,
    };

    private static readonly Dictionary<string, bool> Clocks = new() { ["local"] = false, ["station"] = true };

    private static readonly Dictionary<string, bool> StorageFormats = new() { ["sqlite"] = true };

    /// <summary>The session; null when it lacks what makes one. Errors are in the diagnostics either way.</summary>
    public static SessionConfig? Read(TableReader session, Encoding? titleCharset)
    {
        var normal = new SessionConfig { Url = new Uri("http://localhost"), Name = "" };
        var url = UrlReader.ReadHttp(session, "url", "the address of the station's stream");
        var name = session.RequiredText("name", "what the show is called; it also names its file");
        if (name is not null && ShowNames.Problem(name) is { } problem)
        {
            session.Diagnostics.Error(session.PositionOf("name"), problem);
            name = null;
        }
        var format = session.Choice("audio_format", Formats) ?? normal.Format;
        var bitrate = ReadBitrate(session, format);
        var complexity = session.Number("complexity", 0, 10, "values") ?? normal.Complexity;
        var split = session.Number("split_interval", 0, 60, "seconds (0 is the default of 6)") ?? 0;
        var retention = session.Number("retention_hours", 0, HoursOfACentury, "hours (0 keeps everything)");
        session.Choice("storage_format", StorageFormats);
        var window = ScheduleReader.Read(session);
        var charset = CharsetReader.Read(session) ?? titleCharset;
        var trustStation = session.Choice("clock", Clocks) ?? normal.TrustStationClock;
        var decoder = session.Choice("decoder", Decoders) ?? normal.Decoder;
        session.RefuseTheRest();
        return url is null || name is null
            ? null
            : new SessionConfig
            {
                Url = url,
                Name = name,
                Format = format,
                BitrateKbps = bitrate,
                Complexity = complexity,
                SplitInterval = TimeSpan.FromSeconds(split),
                Retention = RetentionOf(retention, normal.Retention),
                Window = window,
                TitleCharset = charset,
                TrustStationClock = trustStation,
                Decoder = decoder,
            };
    }

    public static TimeSpan? RetentionOf(int? hours, TimeSpan? otherwise) =>
        hours switch
        {
            null => otherwise,
            0 => null,
            { } some => TimeSpan.FromHours(some),
        };

    private static int? ReadBitrate(TableReader session, StoredFormat format)
    {
        // 0 was the predecessor's way to say "the default".
        var bitrate = session.Number("bitrate", 0, 512, "kbit/s") is { } some and > 0 ? some : (int?)null;
        var (least, most) = format switch
        {
            StoredFormat.Opus => (6, 510),
            StoredFormat.Aac => (8, 96),
            _ => (0, 512),
        };
        if (bitrate < least || bitrate > most)
        {
            session.Diagnostics.Error(
                session.PositionOf("bitrate"),
                $"'bitrate' = {bitrate}: for {format.ToString().ToLowerInvariant()} {least} to {most} kbit/s are possible"
            );
        }
        if (bitrate is not null && format is StoredFormat.Wav or StoredFormat.Copy)
        {
            session.Diagnostics.Note(session.PositionOf("bitrate"), "'bitrate' has no effect on this audio_format");
            return null;
        }
        return bitrate;
    }
}
