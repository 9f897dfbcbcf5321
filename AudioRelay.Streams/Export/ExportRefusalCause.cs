namespace AudioRelay.Streams.Export;

/// <summary>The kinds of reasons for refusing an export.</summary>
public enum ExportRefusalCause
{
    /// <summary>Nothing like it was ever recorded.</summary>
    NotFound,

    /// <summary>It was there, and retention removed it.</summary>
    Gone,

    /// <summary>There is no such format.</summary>
    UnknownFormat,

    /// <summary>What is stored would have to be encoded again, or is of several kinds that no one file holds.</summary>
    DoesNotFit,

    /// <summary>It would have to be decoded, and this machine has no library for that.</summary>
    CannotDecode,
}
