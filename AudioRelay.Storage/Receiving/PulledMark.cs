namespace AudioRelay.Storage.Receiving;

/// <summary>The newest segment that a source gave, by which it is known again.</summary>
/// <param name="SourceId">Its id in the recorder's store.</param>
/// <param name="Sha256">32 bytes, of its data.</param>
public sealed record PulledMark(long SourceId, ReadOnlyMemory<byte> Sha256);
