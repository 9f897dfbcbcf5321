using AudioRelay.Host.Config;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>What a role gets from the process it runs in. A test brings its own.</summary>
internal sealed record HostContext
{
    /// <summary>What the user asked for: addresses, tables. Not for logs.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Notes and errors, one line each.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Variables, home and working directory.</summary>
    public required HostEnvironment Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Chance, for jitter.</summary>
    public required Random Random { get; init; }

    /// <summary>Where logs go.</summary>
    public required ILoggerFactory Logs { get; init; }
}
