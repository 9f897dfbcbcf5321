namespace AudioRelay.Actors.Mailbox;

/// <summary>What a mailbox says of itself.</summary>
internal readonly record struct MailboxState(int Depth, TimeSpan OldestWaiting, long Rejected);
