using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>What keeps a show from going on, and how long its store and its source are left alone for it. Told once when it begins and once when it ends.</summary>
/// <param name="self">The show's actor.</param>
/// <param name="syncInterval">The longest that a source is left alone.</param>
/// <param name="random">Chance, for jitter.</param>
internal sealed class ShowTroubles(IActorContext<ShowSyncMessage> self, TimeSpan syncInterval, Random random)
{
    private static readonly TimeSpan LongestStoreRest = TimeSpan.FromSeconds(30);

    private readonly Backoff _sourceBackoff = new(Least(TimeSpan.FromSeconds(1), syncInterval), syncInterval, 0.2);
    private readonly Backoff _storeBackoff = new(TimeSpan.FromSeconds(1), LongestStoreRest, 0.2);
    private IDisposable? _storeRest;
    private IDisposable? _sourceRest;
    private long _sinceUs;

    /// <summary>What is wrong; null when nothing is.</summary>
    public SyncTrouble? Now { get; private set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>The store is left alone.</summary>
    public bool StoreRests => _storeRest is not null || Now?.State == ShowSyncState.Fenced;

    /// <summary>The source is left alone.</summary>
    public bool SourceRests => _sourceRest is not null;

    /// <summary>Something went wrong.</summary>
    public void Begin(SyncTrouble trouble)
    {
        if (Now?.State != trouble.State)
        {
            self.Warn($"{Texts.Of(trouble.State)}: {trouble.Detail}");
        }

        _sinceUs = Now is null ? NowUs : _sinceUs;
        Now = trouble;
        Failures++;
        if (trouble.State == ShowSyncState.Fenced)
        {
            return; // no timer: it does not fight
        }

        if (trouble.IsTheStores)
        {
            _storeRest?.Dispose();
            _storeRest = self.After(_storeBackoff.After(Failures, random.NextDouble()), new ShowSyncMessage.TryStore());
        }
        else
        {
            _sourceRest?.Dispose();
            var delay = trouble.Lasts ? syncInterval : _sourceBackoff.After(Failures, random.NextDouble());
            _sourceRest = self.After(delay, new ShowSyncMessage.TrySource());
        }
    }

    /// <summary>All is well.</summary>
    public void End()
    {
        Failures = 0;
        if (Now is null)
        {
            return;
        }

        self.Log($"goes on after {Texts.Lasting(NowUs - _sinceUs)} ({Texts.Of(Now.State)})");
        Now = null;
    }

    /// <summary>Nothing is known of the source any more that is not told by the recorder's own actor.</summary>
    public void ForgetSource()
    {
        WakeSource();
        if (Now is { IsTheStores: false })
        {
            (Now, Failures) = (null, 0);
        }
    }

    /// <summary>The store is not left alone any more.</summary>
    public void WakeStore()
    {
        _storeRest?.Dispose();
        _storeRest = null;
    }

    /// <summary>The source is not left alone any more.</summary>
    public void WakeSource()
    {
        _sourceRest?.Dispose();
        _sourceRest = null;
    }

    private long NowUs => Capture.Moment.Of(self.Time).UtcUs;

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
