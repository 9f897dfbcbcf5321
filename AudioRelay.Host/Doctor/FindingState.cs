namespace AudioRelay.Host.Doctor;

/// <summary>How bad it is.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works without, but a person should know.</summary>
    Note,

    /// <summary>Something that is needed is not there.</summary>
    Missing,
}
