namespace AudioRelay.Http.Security;

/// <summary>What a token opens.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The sync API, reading.</summary>
    SyncRead = 1,

    /// <summary>Playback and the web UI.</summary>
    Listen = 2,

    /// <summary>Looking at and steering the running program.</summary>
    Admin = 4,

    /// <summary>Everything; what a token opens that says nothing else.</summary>
    All = SyncRead | Listen | Admin,
}
