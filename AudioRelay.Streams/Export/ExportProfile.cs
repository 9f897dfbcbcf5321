namespace AudioRelay.Streams.Export;

/// <summary>A kind of file that sound can be exported as: what is stored in a container of its own, or decoded to PCM. Nothing is encoded again.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Extension">Of the file's name, without the dot.</param>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Codec">The stored codec that it can hold; null when any is decoded into it.</param>
/// <param name="Container">How it is written.</param>
/// <param name="Rate">Samples per second that sound is brought to; null for its own.</param>
/// <param name="Channels">Channels that sound is brought to; null for its own.</param>
public sealed record ExportProfile(
    string Name,
    string Extension,
    string MediaType,
    string? Codec,
    ExportContainer Container,
    int? Rate = null,
    int? Channels = null
)
{
    /// <summary>The kinds of files; of those that could hold what is asked for, the first is taken.</summary>
    public static IReadOnlyList<ExportProfile> All { get; } =
    [
        new("ogg", "ogg", "audio/ogg", "opus", ExportContainer.OggOpus),
        new("aac", "aac", "audio/aac", "aac", ExportContainer.Frames),
        new("m4a", "m4a", "audio/mp4", "aac", ExportContainer.M4a),
        new("mp3", "mp3", "audio/mpeg", "mp3", ExportContainer.Frames),
        new("wav", "wav", "audio/wav", "wav", ExportContainer.Wav),
        new("wav", "wav", "audio/wav", Codec: null, ExportContainer.DecodedWav),
        new("wav16k", "wav", "audio/wav", Codec: null, ExportContainer.DecodedWav, Rate: 16_000, Channels: 1),
    ];

    /// <summary>The name under which every codec is exported as it is stored.</summary>
    public const string Stored = "stored";

    /// <summary>The station's own frames for a show that copies them; for every other show the same as <see cref="Stored"/>.</summary>
    public const string Original = "original";

    /// <summary>The names that can be asked for.</summary>
    public static IEnumerable<string> Names => All.Select(p => p.Name).Prepend(Original).Prepend(Stored).Distinct();

    /// <summary>The profiles of that name that hold that codec, the best first; none when the codec does not fit, or there is no such name.</summary>
    /// <param name="name">A name, <see cref="Stored"/> or <see cref="Original"/>.</param>
    /// <param name="codec">A section's codec.</param>
    public static IEnumerable<ExportProfile> Find(string name, string codec) =>
        All.Where(p => p.Codec is null ? p.Name == name : p.Codec == codec && (p.Name == name || name is Stored or Original));
}
