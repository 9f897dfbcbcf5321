namespace AudioRelay.Http.Tests.Security.Proxies;

/// <summary>What a proxy does with the path below which it shows a server.</summary>
public enum PrefixStyle
{
    /// <summary>Takes it off and says so.</summary>
    Told,

    /// <summary>Says so and leaves it on.</summary>
    ToldAndLeft,

    /// <summary>Takes it off and says nothing.</summary>
    TakenOffInSilence,
}
