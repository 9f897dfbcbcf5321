using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;

namespace AudioRelay.Host.Roles;

/// <summary>What the recorder runs with.</summary>
/// <param name="Config">The checked configuration, the port of the command line already in it.</param>
/// <param name="Tokens">The tokens that open it; none when it listens on loopback only, or to everybody.</param>
internal sealed record RecordOptions(RecordConfig Config, IReadOnlyList<AccessToken> Tokens);
