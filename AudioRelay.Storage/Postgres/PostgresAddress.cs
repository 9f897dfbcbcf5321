using Npgsql;

namespace AudioRelay.Storage.Postgres;

/// <summary>The server of a <c>postgres://</c> URL, and how to connect to its databases.</summary>
internal sealed class PostgresAddress
{
    /// <summary>Where the databases of a server are created from.</summary>
    public const string Maintenance = "postgres";

    // A dead node's connection must not keep what it has locked: the server finds out within seconds, and ends a transaction nobody goes on with.
    // No statement here is so long that compiling it would pay.
    private const string Session =
        "-c jit=off -c idle_in_transaction_session_timeout=8000 -c lock_timeout=8000 "
        + "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    private readonly NpgsqlConnectionStringBuilder _base;

    /// <summary>Reads the URL.</summary>
    /// <exception cref="FormatException">It is not one; says what is wrong, without the password.</exception>
    public PostgresAddress(Uri url, string? password = null)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("postgres" or "postgresql"))
        {
            throw new FormatException("The database URL begins with postgres://, as in postgres://user@host:5432.");
        }

        var (user, inUrl) = UserOf(url);
        _base = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Length == 0 ? "localhost" : url.Host.Trim('[', ']'),
            Port = url.IsDefaultPort || url.Port <= 0 ? 5432 : url.Port,
            Username = user,
            Password = password ?? inUrl,
            ApplicationName = "audiorelay",
            SearchPath = "public",
            Timeout = 10,
            CommandTimeout = 60,
            // Ours counts over all databases; see ConnectionPool.
            Pooling = false,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            WriteBufferSize = 65_536,
            ReadBufferSize = 32_768,
            Options = Session,
        };
        foreach (var (name, value) in Parameters(url))
        {
            Apply(name, value);
        }
    }

    /// <summary>The server for people: host and port.</summary>
    public string Server => $"{_base.Host}:{_base.Port}";

    /// <summary>The user, for people.</summary>
    public string User => _base.Username ?? "";

    /// <summary>Opens connections to a database; keeps none.</summary>
    public NpgsqlDataSource Source(string database)
    {
        var builder = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(_base.ConnectionString) { Database = database }.ConnectionString
        );
        // Only types that every server has are used: no need to ask each database for its own.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private static (string User, string? Password) UserOf(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(parts[0]);
        return (user.Length == 0 ? "postgres" : user, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
    }

    private static IEnumerable<(string Name, string Value)> Parameters(Uri url) =>
        url
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Uri.UnescapeDataString(pair[0]), pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : ""));

    private void Apply(string name, string value)
    {
        switch (name)
        {
            case "sslmode":
                _base.SslMode =
                    Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode)
                    && !int.TryParse(value, out _)
                        ? mode
                        : throw Unknown(name, value);
                break;
            case "sslrootcert":
                _base.RootCertificate = value;
                break;
            case "sslcert":
                _base.SslCertificate = value;
                break;
            case "sslkey":
                _base.SslKey = value;
                break;
            case "sslnegotiation":
                _base.SslNegotiation = Enum.TryParse<SslNegotiation>(value, ignoreCase: true, out var negotiation)
                    ? negotiation
                    : throw Unknown(name, value);
                break;
            case "channel_binding":
                _base.ChannelBinding = Enum.TryParse<ChannelBinding>(value, ignoreCase: true, out var binding)
                    ? binding
                    : throw Unknown(name, value);
                break;
            case "connect_timeout":
                _base.Timeout = int.TryParse(value, out var seconds) && seconds is >= 0 and <= 1024 ? seconds : throw Unknown(name, value);
                break;
            case "application_name":
                _base.ApplicationName = value;
                break;
            default:
                throw new FormatException(
                    $"The database URL has a parameter '{name}' that is not known here. Known are: sslmode, sslrootcert, sslcert, sslkey, "
                        + "sslnegotiation, channel_binding, connect_timeout, application_name."
                );
        }
    }

    private static FormatException Unknown(string name, string value) =>
        new($"The database URL says {name}={value}, which is not a value of it.");
}
