namespace AudioRelay.Storage.Timeline;

/// <summary>Whether an instant lies in a section.</summary>
public enum EstimateOutcome
{
    /// <summary>It does.</summary>
    Found = 0,

    /// <summary>The section begins later.</summary>
    BeforeStart = 1,

    /// <summary>The section has ended by then.</summary>
    AfterEnd = 2,

    /// <summary>The section has no segment.</summary>
    NoSegments = 3,
}
