using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Host.Roles;

/// <summary>The clients with which this program asks recorders.</summary>
internal static class Recorders
{
    /// <summary>How this program names itself to others.</summary>
    public static readonly string UserAgent = "AudioRelay/" + typeof(Recorders).Assembly.GetName().Version?.ToString(2);

    /// <summary>Makes the client of a recorder.</summary>
    public static Func<RemotePlan, IRecorderClient> Connect(TimeProvider time) =>
        plan => new RecorderClient(
            new RecorderClientOptions(plan.Url)
            {
                Token = plan.Token,
                InsecureRemote = plan.InsecureRemote,
                UserAgent = UserAgent,
            },
            time
        );
}
