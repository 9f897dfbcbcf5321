using System.Runtime.InteropServices;
using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Cli;

/// <summary>The first Ctrl-C, SIGTERM or hang-up asks for an orderly stop; the second does not wait for it.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action<int> exit;
    private int count;

    public StopSignals(Action<int> exit)
    {
        this.exit = exit;
        registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        Received();
                    }
                )
            ),
        ];
    }

    public CancellationToken Stop => stop.Token;

    internal void Received()
    {
        if (Interlocked.Increment(ref count) == 1)
        {
            stop.Cancel();
        }
        else
        {
            exit(ExitCodes.Forced);
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
        stop.Dispose();
    }
}
