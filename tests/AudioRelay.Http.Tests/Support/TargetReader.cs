using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A store that was told by its recorder how long segments are to be.</summary>
public sealed class TargetReader(IShowReader inner) : PassingReader(inner)
{
    public int? TargetSeconds { get; set; }

    public override async ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) =>
        await base.InfoAsync(cancel) with
        {
            TargetSeconds = TargetSeconds,
        };
}
