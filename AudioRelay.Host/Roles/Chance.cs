namespace AudioRelay.Host.Roles;

/// <summary>Gives each who needs chance a source of its own: <see cref="Random"/> is for one thread at a time.</summary>
internal sealed class Chance(Random seeds)
{
    private readonly Lock _lock = new();

    /// <summary>A source that depends on nothing but the first seed and the order of asking.</summary>
    public Random Next()
    {
        lock (_lock)
        {
            return new Random(seeds.Next());
        }
    }
}
