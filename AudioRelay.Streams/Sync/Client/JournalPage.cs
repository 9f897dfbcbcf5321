using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>A piece of a recorder's journal.</summary>
/// <param name="UniqueId">The identity of the store it is of.</param>
/// <param name="Entries">In the order of their numbers, without those of kinds that only a newer recorder knows.</param>
/// <param name="LastSeq">Where to go on: the newest number of the piece, kinds that are not known included; what was asked for when it is empty.</param>
public sealed record JournalPage(string UniqueId, IReadOnlyList<JournalEntry> Entries, long LastSeq);
