using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>What a recorder has for one pass over everything.</summary>
/// <param name="Status">How it stood when it had answered with its list, or not.</param>
/// <param name="Shows">The wanted shows, by their names there.</param>
internal sealed record RemotePass(RemoteStatus Status, IReadOnlyDictionary<string, ActorRef<ShowSyncMessage>> Shows);
