namespace AudioRelay.Http.Playback;

/// <summary>A show in the list of shows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">What stands for it in a path after <c>show/</c>, percent-encoded already.</param>
/// <param name="AudioFormat">Its format; null when its store cannot be read.</param>
/// <param name="Recording">Its newest section has not ended, and grew in the last five minutes.</param>
/// <param name="MinId">The oldest segment.</param>
/// <param name="MaxId">The newest segment.</param>
/// <param name="FirstMs">When its oldest sound began.</param>
/// <param name="LastMs">When its newest sound ended.</param>
/// <param name="Title">What plays now, while it is recorded.</param>
/// <param name="Error">Why its store cannot be read.</param>
internal sealed record ShowSummary(
    string Name,
    string Path,
    string? AudioFormat,
    bool Recording = false,
    long? MinId = null,
    long? MaxId = null,
    long? FirstMs = null,
    long? LastMs = null,
    string? Title = null,
    string? Error = null
);
