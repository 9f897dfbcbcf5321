namespace AudioRelay.Http.Export;

/// <summary>Marks, in an endpoint's metadata, what may read and decode hours of sound for one request: where caps and rates apply.</summary>
internal sealed class ExportWork
{
    private ExportWork() { }

    public static ExportWork Mark { get; } = new();
}
