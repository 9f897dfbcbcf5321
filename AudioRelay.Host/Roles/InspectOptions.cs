using AudioRelay.Host.Config;

namespace AudioRelay.Host.Roles;

/// <summary>What inspecting one database file runs with.</summary>
/// <param name="File">The file; absolute.</param>
/// <param name="Listen">Where it answers HTTP.</param>
/// <param name="Immutable">The file is on read-only media: SQLite is told that nobody writes to it, so it takes no locks.</param>
internal sealed record InspectOptions(string File, ListenConfig Listen, bool Immutable);
