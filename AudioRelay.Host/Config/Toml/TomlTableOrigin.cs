namespace AudioRelay.Host.Config.Toml;

/// <summary>How a table came to be, which decides what may still be added to it.</summary>
internal enum TomlTableOrigin
{
    /// <summary>By a header of a table below it: <c>a</c> after <c>[a.b]</c>. Its own header may still come.</summary>
    Implied,

    /// <summary>By its own header, or the document itself.</summary>
    Header,

    /// <summary>By a dotted key: <c>a</c> after <c>a.b = 1</c>.</summary>
    DottedKey,

    /// <summary>Written <c>{ … }</c>: complete.</summary>
    Inline,
}
