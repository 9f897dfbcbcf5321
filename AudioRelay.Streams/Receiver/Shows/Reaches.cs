using AudioRelay.Actors.Asking;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>Those who wait until a show has got to where its recorder is at its next word.</summary>
internal sealed class Reaches
{
    private const int Most = 16;
    private const int MostFailures = 3;
    private readonly List<(ReplyTo<ShowReach?> Answer, SourceHead? Goal)> _waiting = [];

    /// <summary>Whether somebody waits.</summary>
    public bool Any => _waiting.Count > 0;

    /// <summary>Somebody waits. Beyond what anybody needs the answer is no.</summary>
    public void Add(ReplyTo<ShowReach?> answer, ShowSyncStatus status)
    {
        if (_waiting.Count < Most)
        {
            _waiting.Add((answer, null));
        }
        else
        {
            answer.Tell(ShowReach.Of(Reached.NotHere, status));
        }
    }

    /// <summary>The recorder has said how far it reaches.</summary>
    public void Aim(SourceHead head)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            _waiting[i] = _waiting[i] with { Goal = _waiting[i].Goal ?? head };
        }
    }

    /// <summary>Answers those whose answer is clear.</summary>
    public void Consider(SyncCheckpoint? at, SyncTrouble? trouble, int failures, ShowSyncStatus status)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (AnswerOf(_waiting[i].Goal, at, trouble, failures) is { } answer)
            {
                _waiting[i].Answer.Tell(ShowReach.Of(answer, status));
                _waiting.RemoveAt(i);
            }
        }
    }

    /// <summary>The actor ends: its next instance is to be asked.</summary>
    public void End()
    {
        foreach (var (answer, _) in _waiting)
        {
            answer.Tell(null);
        }

        _waiting.Clear();
    }

    /// <summary>Null while nobody can tell.</summary>
    internal static Reached? AnswerOf(SourceHead? goal, SyncCheckpoint? at, SyncTrouble? trouble, int failures) =>
        trouble is { State: ShowSyncState.Fenced } ? Reached.Here // another live receiver has it
        : trouble is { State: ShowSyncState.NotOffered } && at is null ? Reached.NotOffered
        : trouble is { Lasts: true } || (trouble is not null && failures >= MostFailures) ? Reached.NotHere
        : trouble is null && goal is not null && at is not null && !goal.IsAheadOf(at) ? Reached.Here
        : null;
}
