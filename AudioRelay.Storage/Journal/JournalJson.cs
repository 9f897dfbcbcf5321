using System.Text.Json.Serialization;

namespace AudioRelay.Storage.Journal;

/// <summary>How journal bodies become JSON: snake_case, nothing that is null, causes by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireNameConverter<GapCause>), typeof(WireNameConverter<EndCause>), typeof(WireNameConverter<AnchorCause>)]
)]
[JsonSerializable(typeof(SectionOpened))]
[JsonSerializable(typeof(SectionClosed))]
[JsonSerializable(typeof(AnchorSet))]
[JsonSerializable(typeof(TitleSet))]
[JsonSerializable(typeof(WindowOpened))]
[JsonSerializable(typeof(WindowClosed))]
[JsonSerializable(typeof(Trouble))]
[JsonSerializable(typeof(Alive))]
[JsonSerializable(typeof(SectionRemoved))]
internal sealed partial class JournalJson : JsonSerializerContext;
