using System.Threading.Channels;
using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Time;

namespace AudioRelay.TestKit.Actors;

/// <summary>Stands where an actor would: keeps what it is told, and lets a test await the next message.</summary>
public sealed class ActorProbe<TMessage> : ActorRef<TMessage>
{
    private const int MostMessages = 100_000;

    private readonly Channel<TMessage> _unread = Channel.CreateBounded<TMessage>(MostMessages);
    private readonly TaskCompletionSource<ActorEnded> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TMessage> _all = [];

    public ActorProbe(string path = "/probe", TimeProvider? time = null)
        : base(path, time ?? TimeProvider.System) { }

    public override Task<ActorEnded> Ended => _ended.Task;

    /// <summary>When set, refuses messages as a full mailbox does.</summary>
    public bool Full { get; set; }

    /// <summary>Everything it was told so far.</summary>
    public IReadOnlyList<TMessage> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Messages no test has awaited yet.</summary>
    public int Unread => _unread.Reader.Count;

    public override bool Tell(TMessage message)
    {
        lock (_all)
        {
            if (Full || _ended.Task.IsCompleted || !_unread.Writer.TryWrite(message))
            {
                return false;
            }

            _all.Add(message);
            return true;
        }
    }

    /// <summary>The next message, awaited under a guard.</summary>
    public Task<TMessage> Next() => Read($"a message to {Path}");

    /// <summary>The next few messages, each awaited under a guard.</summary>
    public async Task<IReadOnlyList<TMessage>> Take(int count)
    {
        var messages = new List<TMessage>(count);
        while (messages.Count < count)
        {
            messages.Add(await Read($"message {messages.Count + 1} of {count} to {Path}"));
        }

        return messages;
    }

    /// <summary>The next message, which must be of this kind.</summary>
    public async Task<T> Next<T>()
        where T : TMessage
    {
        var message = await Read($"a {typeof(T).Name} to {Path}");
        return message is T wanted
            ? wanted
            : throw new InvalidOperationException($"Awaited a {typeof(T).Name} to {Path}, but the next message was {message}.");
    }

    /// <summary>The next message that meets the condition; others before it are skipped.</summary>
    public async Task<TMessage> Until(Func<TMessage, bool> condition, string awaited = "a certain message")
    {
        while (true)
        {
            var message = await Read($"{awaited} to {Path}");
            if (condition(message))
            {
                return message;
            }
        }
    }

    /// <summary>Ends as an actor would: refuses from now on, and its questions fail.</summary>
    public void End(ActorEnd end = ActorEnd.AskedToStop, Exception? fault = null) => _ended.TrySetResult(new ActorEnded(Path, end, fault));

    private Task<TMessage> Read(string awaited) => _unread.Reader.ReadAsync().AsTask().Guarded(awaited);
}
