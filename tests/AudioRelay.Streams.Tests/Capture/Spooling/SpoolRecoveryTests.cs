using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture.Spooling;

/// <summary>What a spool that a killed process left behind is made into.</summary>
public sealed class SpoolRecoveryTests(ITestOutputHelper output)
{
    [Fact]
    public void A_spool_torn_anywhere_becomes_what_it_has_of_the_open_segment()
    {
        var (spool, sink) = SpoolRig.Kill(SpoolRig.Station(new SyntheticSource { Kilobits = 32 }), StoredFormat.Copy, 9.7);
        var before = sink.Sections[^1];
        var truth = CaptureBench.Frames(before.Bytes).Count;
        var aired = CaptureBench.Aired(SpoolRig.Station(new SyntheticSource { Kilobits = 32 }), 11);
        var bytes = spool.Bytes.ToArray();
        var most = 0L;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var section = Recovered(sink, bytes.AsSpan(0, length));
            Assert.NotNull(section.Closed);
            var frames = CaptureBench.Frames(section.Bytes);
            Assert.Equal(frames.Count * 1152L, section.Samples);
            Assert.InRange(frames.Count, truth, int.MaxValue);
            Assert.True(section.Samples >= most, "more of the spool is never less sound");
            most = section.Samples;
            for (var i = 1; i < frames.Count; i++)
            {
                Assert.Equal(aired[FrameHash.Of(frames[i - 1])].Index + 1, aired[FrameHash.Of(frames[i])].Index);
            }
        }

        // Half a second of arrival and the last block are all that may be missing.
        output.WriteLine($"{bytes.Length} bytes, {(most - before.Samples) / 44_100.0:0.00} s recovered");
        var lost = 9.7 - ((before.Map.UtcUsAt(most) - CaptureBench.StartUs) / 1e6);
        Assert.InRange(lost, 0, 1.0);
    }

    [Fact]
    public void A_damaged_byte_anywhere_in_a_spool_loses_what_follows_it_and_nothing_else()
    {
        var (spool, sink) = SpoolRig.Kill(SpoolRig.Station(new SyntheticSource { Kilobits = 32 }), StoredFormat.Copy, 9.7);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = spool.Bytes.ToArray();
            var damagedAt = random.Next(bytes.Length);
            bytes[damagedAt] ^= (byte)random.Next(1, 256);
            var section = Recovered(sink, bytes);
            var torn = Recovered(sink, bytes.AsSpan(0, damagedAt));
            Assert.NotNull(section.Closed);
            Assert.Equal(torn.Samples, section.Samples);
            Assert.Equal(torn.Bytes, section.Bytes);
        }
    }

    [Fact]
    public void What_is_recovered_twice_is_stored_once()
    {
        var (spool, sink) = SpoolRig.Kill(SpoolRig.Station(new SyntheticSource()), StoredFormat.Copy, 9.7);
        var bytes = spool.Bytes.ToArray();
        sink.Store(SpoolRecovery.Recover(bytes, sink.Sections[^1].Info, 0).Batch);
        var again = SpoolRecovery.Recover(bytes, sink.Sections[^1].Info, 0);
        Assert.True(again.Batch.IsEmpty);
        Assert.NotNull(again.Resume);
    }

    [Fact]
    public void A_section_whose_first_segment_was_open_gets_its_row_from_the_spool()
    {
        var (spool, sink) = SpoolRig.Kill(SpoolRig.Station(new SyntheticSource(), titles: true), StoredFormat.Copy, 2.9, split: 6);
        Assert.Empty(sink.Sections);
        sink.Store(SpoolRecovery.Recover(spool.Bytes.ToArray(), null, 0).Batch);
        var section = Assert.Single(sink.Sections);
        Assert.Equal(EndCause.NotRunning, section.Closed!.Cause);
        Assert.Equal([(0, "one")], section.Titles);
        Assert.InRange(section.Range.UntilUs - CaptureBench.StartUs, 2.2e6, 2.9e6);
    }

    [Fact]
    public void A_section_that_no_spool_tells_of_is_closed_where_the_store_ends()
    {
        var (_, sink) = SpoolRig.Kill(SpoolRig.Station(new SyntheticSource()), StoredFormat.Copy, 9.7);
        sink.Store(SpoolRecovery.Recover([], sink.Sections[^1].Info, 0).Batch);
        Assert.Equal(EndCause.NotRunning, sink.Sections[^1].Closed!.Cause);
    }

    /// <summary>The last section as it is after a recovery; the sink keeps what it has, for the next one.</summary>
    private static StoredSection Recovered(MemorySink sink, ReadOnlySpan<byte> spool)
    {
        var copy = Copy(sink);
        copy.Store(SpoolRecovery.Recover(spool, copy.Sections[^1].Info, CaptureBench.StartUs + (9 * CaptureBench.Second)).Batch);
        return copy.Sections[^1];
    }

    private static MemorySink Copy(MemorySink sink)
    {
        var copy = new MemorySink();
        foreach (var section in sink.Sections)
        {
            var same = new StoredSection(section.Opened) { Closed = section.Closed };
            same.Anchors.AddRange(section.Anchors);
            same.Titles.AddRange(section.Titles);
            section.Segments.ForEach(s => same.Add(s.Facts, s.Data));
            copy.Sections.Add(same);
        }

        return copy;
    }
}
