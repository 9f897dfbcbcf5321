using System.Buffers;
using System.IO.Pipelines;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Containers.Wav;

namespace AudioRelay.Streams.Export;

/// <summary>
/// Any stored sound, decoded to s16 PCM: priming and padding left out, exact to the sample, its length known before the first packet is read.
/// The first sound decides rate and channels unless the profile does.
/// </summary>
internal sealed class DecodedWavExport(
    ExportReader reader,
    IReadOnlyList<ExportPart> parts,
    CodecCatalog codecs,
    ExportProfile profile,
    ExportTags tags,
    IReadOnlyList<ExportTitle> titles
)
{
    /// <summary>A slow taker is waited for whenever so much is ready.</summary>
    private const int FlushBytes = 64 * 1024;

    private readonly List<ExportRun> _runs = [];
    private byte[] _trailer = [];
    private int _rate;
    private int _channels;

    public long Length => WavHeader.LengthFor(DataBytes, _trailer.Length) + DataBytes + _trailer.Length;

    private long DataBytes => _runs.Sum(r => r.SamplesAt(_rate)) * _channels * 2;

    /// <summary>Finds out what the file's length will be.</summary>
    /// <exception cref="MissingLibraryException">This machine cannot decode it.</exception>
    public async Task MeasureAsync(CancellationToken cancel)
    {
        for (var i = 0; i < parts.Count; )
        {
            var joined = parts.Skip(i + 1).TakeWhile(p => p.Joins).Count();
            var sound = await SectionSound.FindAsync(reader, parts[i], codecs, cancel);
            _runs.Add(new ExportRun([.. parts.Skip(i).Take(joined + 1)], sound));
            i += joined + 1;
        }

        _rate = profile.Rate ?? _runs[0].Sound.Rate;
        _channels = profile.Channels ?? _runs[0].Sound.Channels;
        _trailer = ExportTrailer.Make(tags, titles, _rate);
    }

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        WavHeader.Write(output, _rate, _channels, DataBytes, _trailer.Length);
        foreach (var run in _runs)
        {
            await WriteAsync(run, output, cancel);
        }

        output.Write(_trailer);
        await output.FlushAsync(cancel);
    }

    private async Task WriteAsync(ExportRun run, PipeWriter output, CancellationToken cancel)
    {
        using var decoder = run.Sound.Open(codecs, mono: _channels == 1);
        var decoded = new DecodedRun(run, decoder, new PcmConverter(run.Sound.Rate, _rate, _channels));
        var settle = run.Parts[0].FromTime - (run.Sound.StoredRate / 2); // half a second for a decoder that begins cold
        foreach (var part in run.Parts)
        {
            await foreach (var segment in reader.ReadAsync(part, leadIn: !part.Joins, cancel))
            {
                var packets = new StoredPackets(run.Sound, segment);
                while (packets.MoveNext())
                {
                    if (packets.Time + packets.Samples > settle && packets.Time < part.UntilTime)
                    {
                        decoded.Decode(packets, output);
                    }

                    if (output.UnflushedBytes > FlushBytes)
                    {
                        await output.FlushAsync(cancel);
                    }
                }
            }
        }

        decoded.Finish(output);
    }
}
