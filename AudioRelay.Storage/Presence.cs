namespace AudioRelay.Storage;

/// <summary>Whether something can be fetched, and if not, whether it ever could.</summary>
public enum Presence
{
    /// <summary>It never was here: 404.</summary>
    NeverWas = 0,

    /// <summary>It is here.</summary>
    Present = 1,

    /// <summary>It was here and retention removed it: 410.</summary>
    Removed = 2,
}
