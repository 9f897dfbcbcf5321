using System.Runtime.CompilerServices;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>
/// What growing lists have promised as their longest segment. It may not change while one is followed (RFC 8216 §6.2.1), although another
/// length may be configured meanwhile, or a receiver may learn only now what is: then the next list promises that. Only a segment that is
/// longer than the promise raises it, since a list that breaks it is worse. A server that starts anew promises anew.
/// </summary>
internal sealed class TargetPromises
{
    /// <summary>Lists of a show that are remembered; the one that begins first is forgotten first.</summary>
    private const int Most = 64;

    private readonly ConditionalWeakTable<IShowReader, Dictionary<long, int>> _stores = [];

    /// <summary>The target of a list that only ever grows.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="firstId">The list's first segment, which it never loses.</param>
    /// <param name="target">What it would promise if it were new, seconds.</param>
    /// <param name="longest">What the longest of its segments needs, seconds.</param>
    public int Keep(IShowReader reader, long firstId, int target, int longest)
    {
        var lists = _stores.GetValue(reader, static _ => []);
        lock (lists)
        {
            var kept = Math.Max(lists.TryGetValue(firstId, out var promised) ? promised : target, longest);
            lists[firstId] = kept;
            if (lists.Count > Most)
            {
                lists.Remove(lists.Keys.Where(id => id != firstId).Min());
            }

            return kept;
        }
    }
}
