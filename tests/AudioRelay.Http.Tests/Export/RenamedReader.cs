using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Export;

/// <summary>A store under another name: what a foreign recorder might call its show.</summary>
internal sealed class RenamedReader(IShowReader inner, string name) : PassingReader(inner)
{
    public override async ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default) =>
        await base.InfoAsync(cancel) with
        {
            Name = name,
        };
}
