namespace AudioRelay.Storage.Receiving;

/// <summary>What a recorder calls things by must come back from a store as it was given, from every kind of store.</summary>
internal static class SourceNames
{
    /// <summary>Refuses names that are no text.</summary>
    /// <exception cref="StorageException"><see cref="StorageFault.RuleBroken"/>: one has a NUL, or half of a surrogate pair.</exception>
    public static void Require(SourceShow source)
    {
        string[] names =
        [
            source.Name,
            source.Remote,
            source.SourceName,
            source.UniqueId,
            source.AudioFormat,
            source.Bitrate,
            source.SampleRate,
        ];
        if (!Array.TrueForAll(names, StoredText.IsKept))
        {
            throw new StorageException(
                StorageFault.RuleBroken,
                $"Refused to keep the show '{StoredText.Clean(source.Name)}': its name, or what else the recorder says of it, is no text: "
                    + "it has a NUL or half of a character in it. Give the show another name at the recorder."
            );
        }
    }
}
