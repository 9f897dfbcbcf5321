namespace AudioRelay.Host.Demo;

/// <summary>One piece of the demo station's programme.</summary>
/// <param name="Title">What the station announces while it plays.</param>
/// <param name="Root">MIDI note of the lowest chord tone.</param>
/// <param name="Chord">Semitones above the root, one after another as the arpeggio plays them.</param>
/// <param name="BeatsPerMinute">Tempo.</param>
/// <param name="Speaks">True when a voice-like sound talks over the music.</param>
internal sealed record DemoTrack(string Title, int Root, int[] Chord, double BeatsPerMinute, bool Speaks)
{
    /// <summary>The programme, which repeats.</summary>
    public static IReadOnlyList<DemoTrack> Programme { get; } =
    [
        new("Relay Station - First Light", 45, [0, 7, 12, 16, 19, 16, 12, 7], 96, Speaks: false),
        new("The Presenter - Good Morning", 50, [0, 7, 12], 60, Speaks: true),
        new("Relay Station - Slow Carrier", 41, [0, 4, 7, 11, 14, 11, 7, 4], 72, Speaks: false),
        new("Relay Station - It's a Long Wave; Hold On", 48, [0, 3, 7, 10, 15, 10, 7, 3], 120, Speaks: false),
        new("The Presenter - The Weather at Sea", 43, [0, 7, 14], 60, Speaks: true),
        new("Relay Station - Grünes Band", 52, [0, 5, 7, 12, 17, 12, 7, 5], 108, Speaks: false),
        new("Relay Station - Night Shift", 40, [0, 3, 7, 12, 15, 12, 7, 3], 66, Speaks: false),
        new("The Presenter - Until Tomorrow", 47, [0, 7, 12], 60, Speaks: true),
    ];
}
