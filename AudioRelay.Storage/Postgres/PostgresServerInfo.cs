namespace AudioRelay.Storage.Postgres;

/// <summary>What a database server says of itself and of the user that asks it.</summary>
/// <param name="Version">As <c>server_version</c>.</param>
/// <param name="User">The user one is there.</param>
/// <param name="MayCreateDatabases">Whether that user may; each received show needs a database.</param>
public sealed record PostgresServerInfo(string Version, string User, bool MayCreateDatabases);
