namespace AudioRelay.Storage.Timeline;

/// <summary>How much an explanation weighs against another.</summary>
public enum ExplanationRank
{
    /// <summary>How the section before the gap ended.</summary>
    SectionEnd = 0,

    /// <summary>A trouble the recorder wrote down.</summary>
    Trouble = 1,

    /// <summary>The sound was there and retention removed it: nothing else explains that it is gone.</summary>
    Removal = 2,
}
