namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>The parent of all recorders understands nothing: they are told what concerns them directly.</summary>
internal abstract record RemotesMessage;
