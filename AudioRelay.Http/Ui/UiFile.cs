namespace AudioRelay.Http.Ui;

/// <summary>One file of the web UI.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Immutable">Its name is made of its content.</param>
/// <param name="Tag">A name for the content.</param>
/// <param name="Gzip">The packed content; null where that saves nothing.</param>
internal sealed record UiFile(byte[] Bytes, string MediaType, bool Immutable, string Tag, byte[]? Gzip);
