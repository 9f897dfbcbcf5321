namespace AudioRelay.Streams.Export;

/// <summary>A kind of file that sound can be exported as. Nothing is encoded again: a profile holds what is stored, in another container.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Extension">Of the file's name, without the dot.</param>
/// <param name="MediaType">What it is served as.</param>
/// <param name="Codec">The stored codec that it can hold.</param>
/// <param name="Container">How it is written.</param>
public sealed record ExportProfile(string Name, string Extension, string MediaType, string Codec, ExportContainer Container)
{
    /// <summary>What a section's own codec is exported as when <c>original</c> is asked for, and the other files it fits in.</summary>
    public static IReadOnlyList<ExportProfile> All { get; } =
    [
        new("ogg", "ogg", "audio/ogg", "opus", ExportContainer.OggOpus),
        new("aac", "aac", "audio/aac", "aac", ExportContainer.Frames),
        new("m4a", "m4a", "audio/mp4", "aac", ExportContainer.M4a),
        new("mp3", "mp3", "audio/mpeg", "mp3", ExportContainer.Frames),
        new("wav", "wav", "audio/wav", "wav", ExportContainer.Wav),
    ];

    /// <summary>The name under which every codec is exported as it is stored.</summary>
    public const string Original = "original";

    /// <summary>The names that can be asked for.</summary>
    public static IEnumerable<string> Names => All.Select(p => p.Name).Prepend(Original);

    /// <summary>The profile of that name for that codec; null when the codec does not fit, or there is no such name.</summary>
    /// <param name="name">A name, or <see cref="Original"/>.</param>
    /// <param name="codec">A section's codec.</param>
    public static ExportProfile? Find(string name, string codec) =>
        All.FirstOrDefault(p => p.Codec == codec && (name == Original || p.Name == name));
}
