using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Streams.Receiver;

namespace AudioRelay.Host.Roles;

/// <summary>What a receiver runs with.</summary>
/// <param name="Config">The checked configuration, the port of the command line already in it.</param>
/// <param name="Remotes">The recorders, with the tokens that are sent to them.</param>
/// <param name="DatabasePassword">The database's password; null when there is no database, or it needs none.</param>
/// <param name="Tokens">The tokens that open this receiver; none when it listens on loopback only, or to everybody.</param>
internal sealed record ReceiverOptions(
    ReceiverConfig Config,
    IReadOnlyList<RemotePlan> Remotes,
    Secret? DatabasePassword,
    IReadOnlyList<AccessToken> Tokens
)
{
    /// <summary>From a configuration and the secrets that it names.</summary>
    /// <exception cref="ConfigException">There is no secret of a name.</exception>
    public static ReceiverOptions Of(ReceiverConfig config, CredentialStore credentials)
    {
        var shows = config.Shows?.Select(show => new WantedShow(show.Name, show.Retention)).ToList();
        return new ReceiverOptions(
            config,
            [
                .. config.Remotes.Select(remote => new RemotePlan(
                    remote.Name,
                    remote.Url,
                    remote.TokenProfile is { } profile ? credentials.Token(profile).Value.Reveal() : null,
                    shows
                )
                {
                    InsecureRemote = remote.InsecureRemote,
                }),
            ],
            config.Database?.CredentialProfile is { } database ? credentials.PostgresPassword(database) : null,
            [.. config.Listen.TokenProfiles.Select(credentials.Token)]
        );
    }
}
