using System.Net.Sockets;
using System.Threading.Channels;

namespace AudioRelay.TestKit.Net;

/// <summary>One connection through a <see cref="ChaosProxy"/>, and everything that passed on it.</summary>
public sealed class ChaosConnection : IDisposable
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksUnderWay = 256;

    private readonly ChaosProxy _proxy;
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly List<byte> _toClient = [];
    private readonly List<byte> _toServer = [];
    private readonly CancellationTokenSource _gone = new();
    private TaskCompletionSource? _frozen;
    private int _disposed;

    internal ChaosConnection(ChaosProxy proxy, Socket client, Socket server)
    {
        _proxy = proxy;
        _client = client;
        _server = server;
    }

    /// <summary>A copy of what the client has been sent.</summary>
    public byte[] ToClient => Copy(_toClient);

    /// <summary>A copy of what the server has been sent.</summary>
    public byte[] ToServer => Copy(_toServer);

    public bool IsOpen => !_gone.IsCancellationRequested;

    /// <summary>For the proxy, when nothing passes any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            End(reset: false);
            _gone.Dispose();
        }
    }

    internal async Task Run()
    {
        try
        {
            await Task.WhenAll(
                Pump(_server, _client, _toClient, () => _proxy.FromServer),
                Pump(_client, _server, _toServer, () => _proxy.FromClient)
            );
        }
        finally
        {
            End(reset: false);
        }
    }

    internal void End(bool reset)
    {
        if (reset)
        {
            Try(() => _client.LingerState = new LingerOption(enable: true, seconds: 0));
            Try(() => _server.LingerState = new LingerOption(enable: true, seconds: 0));
        }
        else
        {
            // The end goes out first: a socket that is closed while somebody still reads from it resets the connection instead.
            Try(() => _client.Shutdown(SocketShutdown.Both));
            Try(() => _server.Shutdown(SocketShutdown.Both));
        }

        _gone.Cancel();
        _client.Dispose();
        _server.Dispose();
    }

    internal void Freeze() =>
        Interlocked.CompareExchange(ref _frozen, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);

    /// <summary>What was held back on it goes on.</summary>
    public void Thaw() => Interlocked.Exchange(ref _frozen, null)?.SetResult();

    private async Task Pump(Socket from, Socket to, List<byte> tap, Func<ChaosRules> rules)
    {
        var underWay = Channel.CreateBounded<(byte[] Bytes, long At)>(ChunksUnderWay);
        await Task.WhenAll(Receive(from, underWay.Writer), Send(to, underWay.Reader, tap, rules));
    }

    private async Task Receive(Socket from, ChannelWriter<(byte[], long)> underWay)
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, _gone.Token) is > 0 and var count)
            {
                await underWay.WriteAsync((buffer[..count], _proxy.Time.GetTimestamp()), _gone.Token);
            }
        }
        catch (Exception error) when (IsGone(error)) { }

        underWay.Complete();
    }

    private async Task Send(Socket to, ChannelReader<(byte[] Bytes, long At)> underWay, List<byte> tap, Func<ChaosRules> rules)
    {
        try
        {
            await foreach (var (bytes, at) in underWay.ReadAllAsync(_gone.Token))
            {
                var wait = rules().Delay - _proxy.Time.GetElapsedTime(at);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _proxy.Time, _gone.Token);
                }

                _proxy.Corrupt(bytes, rules().CorruptPerMille);
                // What waits behind a half-open connection is not on its way.
                await Thawed();
                var strike = _proxy.TakeStrike(bytes.Length);
                if (!(strike is null ? await Pass(to, bytes, tap, rules) : await Struck(strike, to, bytes, tap, rules)))
                {
                    End(reset: false);
                    return;
                }
            }

            // A half-open connection does not pass on the end either.
            await Thawed();
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (IsGone(error))
        {
            End(reset: false);
        }
    }

    private async Task<bool> Struck(ChaosStrike strike, Socket to, byte[] bytes, List<byte> tap, Func<ChaosRules> rules)
    {
        try
        {
            return await Suffer(strike, to, bytes, tap, rules);
        }
        finally
        {
            // The connection went away by itself before: the next one gets it.
            if (!strike.Done.IsCompleted)
            {
                _proxy.GiveBack(strike);
            }
        }
    }

    private async Task<bool> Suffer(ChaosStrike strike, Socket to, byte[] bytes, List<byte> tap, Func<ChaosRules> rules)
    {
        var middle = 1 + _proxy.Chance(bytes.Length - 1);
        switch (strike.Fault)
        {
            case ChaosFault.Cut:
                await Pass(to, bytes.AsMemory(0, middle), tap, rules);
                End(reset: _proxy.Chance(2) == 0);
                strike.Happened(this);
                return false;
            case ChaosFault.HalfOpen:
                await Pass(to, bytes.AsMemory(0, middle), tap, rules);
                Freeze();
                strike.Happened(this);
                return await Pass(to, bytes.AsMemory(middle), tap, rules);
            case ChaosFault.Slices:
                var pieces = rules() with { SliceBytes = 1 + _proxy.Chance(1 + (bytes.Length / 100)) };
                strike.Happened(this);
                return await Pass(to, bytes, tap, () => pieces);
            case ChaosFault.Delay:
                strike.Happened(this);
                await Task.Delay(TimeSpan.FromMilliseconds(50 + _proxy.Chance(500)), _proxy.Time, _gone.Token);
                return await Pass(to, bytes, tap, rules);
            case ChaosFault.Corrupt:
                bytes[middle] ^= (byte)(1 << _proxy.Chance(8));
                strike.Happened(this);
                return await Pass(to, bytes, tap, rules);
            default:
                throw new InvalidOperationException($"There is no {strike.Fault}.");
        }
    }

    private async Task<bool> Pass(Socket to, ReadOnlyMemory<byte> bytes, List<byte> tap, Func<ChaosRules> rules)
    {
        while (!bytes.IsEmpty)
        {
            await Thawed();
            var slice = bytes;
            var current = rules();
            if (current.SliceBytes > 0)
            {
                slice = slice[..Math.Min(slice.Length, current.SliceBytes)];
            }

            if (current.CutAfterBytes is { } cut)
            {
                slice = slice[..(int)Math.Clamp(cut - Length(tap), 0, slice.Length)];
                if (slice.IsEmpty)
                {
                    return false;
                }
            }

            var sent = await to.SendAsync(slice, _gone.Token);
            lock (tap)
            {
                tap.AddRange(slice.Span[..sent]);
            }

            bytes = bytes[sent..];
        }

        return true;
    }

    private Task Thawed() => Volatile.Read(ref _frozen)?.Task.WaitAsync(_gone.Token) ?? Task.CompletedTask;

    private static bool IsGone(Exception error) =>
        error is SocketException or OperationCanceledException or ObjectDisposedException or ChannelClosedException;

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (IsGone(error))
        {
            // Its end came first.
        }
    }

    private static long Length(List<byte> tap)
    {
        lock (tap)
        {
            return tap.Count;
        }
    }

    private static byte[] Copy(List<byte> tap)
    {
        lock (tap)
        {
            return tap.ToArray();
        }
    }
}
