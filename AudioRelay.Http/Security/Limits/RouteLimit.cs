namespace AudioRelay.Http.Security.Limits;

/// <summary>How often, and by how many at once, something dear may be asked for; part of an endpoint's metadata.</summary>
/// <param name="Name">What it is, for the refusal: "exports".</param>
/// <param name="Rate">How often, per token; per address of those without one.</param>
/// <param name="AtOnce">How many may run at a time, all callers together; null for any number.</param>
internal sealed record RouteLimit(string Name, Rate Rate, int? AtOnce = null);
