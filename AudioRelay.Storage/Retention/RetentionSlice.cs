namespace AudioRelay.Storage.Retention;

/// <summary>What one step of deleting did.</summary>
/// <param name="Segments">Segments it deleted.</param>
/// <param name="Took">How long it held the store, its commit included.</param>
/// <param name="More">True while it is worth calling again.</param>
public readonly record struct RetentionSlice(int Segments, TimeSpan Took, bool More);
