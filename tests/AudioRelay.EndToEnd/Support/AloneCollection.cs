namespace AudioRelay.EndToEnd.Support;

/// <summary>Tests that measure time: nothing else runs beside them, neither in this program nor, with <c>./test</c>, in another one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[Trait("Category", "Alone")]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
