using AudioRelay.Storage.Timeline;

namespace AudioRelay.Streams.Export;

/// <summary>What is to be exported.</summary>
public abstract record ExportRange
{
    private ExportRange() { }

    /// <summary>A whole section, as far as it has come.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Section(long Id) : ExportRange;

    /// <summary>What is kept of a stretch of time, in one file; holes are left out.</summary>
    /// <param name="Range">UTC µs.</param>
    public sealed record Times(UtcRange Range) : ExportRange;
}
