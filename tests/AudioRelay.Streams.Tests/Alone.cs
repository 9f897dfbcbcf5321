namespace AudioRelay.Streams.Tests;

/// <summary>What the process holds can be measured only while nothing else runs in it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
