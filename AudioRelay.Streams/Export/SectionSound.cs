using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Export;

/// <summary>What a section's packets decode to.</summary>
/// <param name="Codec">The stored codec.</param>
/// <param name="StoredRate">Samples per second on the section's clock.</param>
/// <param name="Rate">Samples per second that come out: for HE-AAC twice the clock's, which counts its core.</param>
/// <param name="Channels">1 or 2: parametric stereo shows only when it is decoded.</param>
internal sealed record SectionSound(string Codec, int StoredRate, int Rate, int Channels)
{
    /// <summary>So many frames tell whether there is SBR; the first one or two may give nothing.</summary>
    private const int ProbedFrames = 8;

    /// <summary>Bytes of one sample of all channels of stored PCM.</summary>
    public int PcmFrameBytes => 2 * Channels;

    /// <summary>Looks what comes out of a part's packets; only a station's AAC has to be decoded for that.</summary>
    /// <exception cref="MissingLibraryException">This machine cannot decode it.</exception>
    public static async ValueTask<SectionSound> FindAsync(
        ExportReader reader,
        ExportPart part,
        CodecCatalog codecs,
        CancellationToken cancel
    )
    {
        var section = part.Section;
        var plain = new SectionSound(section.Codec, section.Rate, section.Rate, section.Channels == 2 ? 2 : 1);
        using var decoder = plain.Open(codecs, mono: false);
        if (section is not { Codec: "aac", AudioFormat: "copy" })
        {
            return plain;
        }

        await foreach (var segment in reader.ReadAsync(part, leadIn: false, cancel))
        {
            return plain.Probe(decoder, segment);
        }

        return plain;
    }

    /// <summary>Opens a decoder for it.</summary>
    /// <param name="codecs">The machine's codecs.</param>
    /// <param name="mono">True when two channels are not needed.</param>
    /// <exception cref="MissingLibraryException">This machine cannot decode it.</exception>
    public IAudioDecoder Open(CodecCatalog codecs, bool mono) =>
        Codec switch
        {
            "opus" => codecs.OpenOpusDecoder(Channels),
            "wav" => CodecCatalog.OpenWavDecoder(StoredRate, Channels),
            _ => codecs.OpenDecoder(Codec == "mp3" ? SourceCodec.Mp3 : SourceCodec.Aac, mono: mono),
        };

    private SectionSound Probe(IAudioDecoder decoder, PlacedSegment segment)
    {
        var (found, packets) = (this, new StoredPackets(this, segment));
        for (var i = 0; i < ProbedFrames && packets.MoveNext(); i++)
        {
            var audio = decoder.Decode(packets.Current.Span);
            if (!audio.IsEmpty)
            {
                // Parametric stereo comes with SBR only; without, two channels of a mono stream are a decoder's habit.
                var channels = audio.SampleRate == StoredRate ? Channels : audio.Channels;
                found = this with { Rate = audio.SampleRate, Channels = channels };
            }
        }

        return found;
    }
}
