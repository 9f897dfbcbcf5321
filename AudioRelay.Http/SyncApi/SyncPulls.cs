using AudioRelay.Http.Security;
using AudioRelay.Streams.Sync.Feed;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>How far the receivers that follow the commits have pulled each show: a recorder that stops lets them have what it told last.</summary>
/// <remarks>
/// A receiver is known by its address and its token. Two behind one address with one token are taken for one, so the second may come too
/// late; it pulls the rest when the recorder is back, as does one that found no place here.
/// </remarks>
internal sealed class SyncPulls
{
    private const int Most = 8192;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _following = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Who, string Show), (long MaxId, long JournalSeq)> _pulled = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A receiver begins to follow; it has left when the answer is disposed of.</summary>
    public IDisposable Follow(HttpContext context)
    {
        var who = WhoIs(context);
        lock (_lock)
        {
            _following[who] = _following.GetValueOrDefault(who) + 1;
        }

        return new Following(this, who);
    }

    /// <summary>Somebody asks for a show and is answered up to there, so that what comes next concerns them too.</summary>
    /// <param name="context">Their question.</param>
    /// <param name="show">The show's name.</param>
    /// <param name="maxId">The newest segment of the answer; 0 when it has none.</param>
    /// <param name="journalSeq">The newest journal entry of the answer; 0 when it has none.</param>
    public void Note(HttpContext context, string show, long maxId = 0, long journalSeq = 0)
    {
        var key = (WhoIs(context), show);
        lock (_lock)
        {
            if (_pulled.Count >= Most && !_pulled.ContainsKey(key))
            {
                foreach (var gone in _pulled.Keys.Where(known => !_following.ContainsKey(known.Who)).ToList())
                {
                    _pulled.Remove(gone);
                }
            }

            if (_pulled.Count < Most || _pulled.ContainsKey(key))
            {
                var known = _pulled.GetValueOrDefault(key);
                _pulled[key] = (Math.Max(known.MaxId, maxId), Math.Max(known.JournalSeq, journalSeq));
                Ring();
            }
        }
    }

    /// <summary>Completes when each receiver that follows has been answered up to these positions of the shows that it pulls, or the time is over.</summary>
    /// <param name="goals">The shows with news, and how far they reach.</param>
    /// <param name="limit">The time.</param>
    /// <param name="time">The clock.</param>
    public async Task UntilPulled(IReadOnlyList<ShowPosition> goals, TimeSpan limit, TimeProvider time)
    {
        using var over = new CancellationTokenSource(limit, time);
        try
        {
            while (Look(goals) is (false, var changed))
            {
                await changed.WaitAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // One that is slow or stuck pulls the rest when the recorder is back.
        }
    }

    private (bool IsPulled, Task Changed) Look(IReadOnlyList<ShowPosition> goals)
    {
        lock (_lock)
        {
            return (!goals.Any(goal => _pulled.Any(p => IsBehind(p.Key, p.Value, goal))), _changed.Task);
        }
    }

    private bool IsBehind((string Who, string Show) key, (long MaxId, long JournalSeq) pulled, ShowPosition goal) =>
        key.Show == goal.Show && (pulled.MaxId < goal.MaxId || pulled.JournalSeq < goal.JournalSeq) && _following.ContainsKey(key.Who);

    private void Leave(string who)
    {
        lock (_lock)
        {
            if (--_following[who] == 0)
            {
                _following.Remove(who);
            }

            Ring();
        }
    }

    private void Ring()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static string WhoIs(HttpContext context) => $"{Caller.Address(context)} {CallerIdentity.Of(context).Grant?.Name}";

    private sealed class Following(SyncPulls pulls, string who) : IDisposable
    {
        public void Dispose() => pulls.Leave(who);
    }
}
