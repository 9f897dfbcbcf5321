namespace AudioRelay.EndToEnd.Support;

/// <summary>Tests that measure time or fill both cores: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
