using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Net;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>
/// Faults on a line, in any order, each of them done to bytes that were on their way. Half-open connections go on after a while, as when a
/// cable is put back, but for those that stay so.
/// </summary>
internal static class LineFaults
{
    /// <param name="line">The line.</param>
    /// <param name="kinds">What happens.</param>
    /// <param name="each">How often each of them does.</param>
    /// <param name="chance">The order, the moments, and to which bytes.</param>
    /// <param name="staying">One of how many half-open connections stays so; 0 for none.</param>
    /// <param name="standing">Says how things stand when nothing passes that could suffer.</param>
    /// <returns>How often each has happened.</returns>
    public static async Task<IReadOnlyDictionary<ChaosFault, int>> Strike(
        this ChaosProxy line,
        IReadOnlyList<ChaosFault> kinds,
        int each,
        Random chance,
        int staying,
        Func<string> standing
    )
    {
        ChaosFault[] faults = [.. kinds.SelectMany(fault => Enumerable.Repeat(fault, each))];
        chance.Shuffle(faults);
        var happened = new Dictionary<ChaosFault, int>();
        List<Task> later = [];
        foreach (var fault in faults)
        {
            // Half of the flipped bits are in what is large enough to be sound, the other half anywhere.
            var struck = line.Strike(fault, fault == ChaosFault.Corrupt && chance.Next(2) == 0 ? 4000 : 2);
            await struck.Patiently(() => $"something to pass that can suffer {fault}; {standing()}");
            happened[fault] = happened.GetValueOrDefault(fault) + 1;
            if (fault == ChaosFault.HalfOpen && (staying == 0 || chance.Next(staying) != 0))
            {
                later.Add(Thaw(await struck, TimeSpan.FromSeconds(0.2 + chance.NextDouble())));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(20)), TimeProvider.System, CancellationToken.None);
        }

        await Task.WhenAll(later);
        return happened;
    }

    private static async Task Thaw(ChaosConnection connection, TimeSpan after)
    {
        await Task.Delay(after, TimeProvider.System, CancellationToken.None);
        connection.Thaw();
    }
}
