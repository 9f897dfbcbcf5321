namespace AudioRelay.TestKit.Predecessor;

/// <summary>What makes the predecessor's receiver abort its pass.</summary>
public sealed class LiteralException(string message) : Exception(message);
