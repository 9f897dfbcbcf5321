namespace AudioRelay.Storage;

/// <summary>How the wall map reaches an anchor.</summary>
public enum AnchorCause
{
    /// <summary>The section begins here.</summary>
    Start = 1,

    /// <summary>The map runs straight from the anchor before to this one.</summary>
    Slew = 2,

    /// <summary>The map runs at nominal rate up to here and then stands at this value.</summary>
    Jump = 3,
}
