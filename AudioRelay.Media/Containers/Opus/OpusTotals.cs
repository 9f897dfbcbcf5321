namespace AudioRelay.Media.Containers.Opus;

/// <summary>What a stored Opus segment holds.</summary>
/// <param name="Packets">How many packets.</param>
/// <param name="Bytes">Bytes of the packets, without their lengths.</param>
/// <param name="Samples">Samples at 48 kHz, priming and padding included.</param>
public readonly record struct OpusTotals(int Packets, int Bytes, long Samples);
