namespace AudioRelay.Http.Security;

/// <summary>Who may call an endpoint; part of its metadata. Given through <see cref="RoutePolicies"/>.</summary>
/// <param name="Needed">What the caller's token must open; none: anybody may call it.</param>
internal sealed record RoutePolicy(AccessScopes Needed);
