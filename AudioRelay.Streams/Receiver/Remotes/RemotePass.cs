using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Shows;

namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>What a recorder has for one pass over everything.</summary>
/// <param name="IsThere">It answered with its list.</param>
/// <param name="Shows">The wanted shows, by their names there.</param>
internal sealed record RemotePass(bool IsThere, IReadOnlyDictionary<string, ActorRef<ShowSyncMessage>> Shows);
