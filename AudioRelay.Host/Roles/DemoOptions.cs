using AudioRelay.Host.Config;

namespace AudioRelay.Host.Roles;

/// <summary>What the demo runs with.</summary>
/// <param name="Listen">Where it answers HTTP.</param>
/// <param name="PortWasChosen">The user named the port; when not, a taken one may be replaced by a free one.</param>
/// <param name="Station">A real station to record; null: the demo's own.</param>
/// <param name="DataDirectory">Where recordings are kept; null: in a temporary folder that goes with the demo.</param>
internal sealed record DemoOptions(ListenConfig Listen, bool PortWasChosen, Uri? Station, string? DataDirectory);
