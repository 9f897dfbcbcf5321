namespace AudioRelay.Host.Config.Credentials;

/// <summary>A password or token. Printing it, on purpose or in a record's text, shows nothing.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The thing itself, for the one who must send or compare it.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
