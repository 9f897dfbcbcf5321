using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>The predecessor's defects of its receiver's databases (spec/relay.md §8.2), each tried on ours.</summary>
public sealed class PostgresDefectTests(SharedPostgres shared)
{
    private const long Noon = 1_700_000_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task B23_What_an_encoder_of_AAC_delays_comes_over_and_stands_beside_each_section()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var source = new SourceRecording
        {
            Codec = "aac",
            Show = new SourceRecording().Show with { AudioFormat = "aac", SampleRate = "0" },
        };
        await using var stores = PostgresTestStores.Open(PostgresTestStores.Options(await shared.Server));
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        source.Open(Noon, 1600, 1024).Record(1).Close().Open(Noon + 60_000_000, 2048, 2048).Record(1);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token);
        var sections = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([(1600, 1024), (2048, 2048)], sections.Select(section => (section.EncoderDelay, section.FrameSamples)));
    }
}
