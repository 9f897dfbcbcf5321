using AudioRelay.Media.Codecs;
using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>Turns a section or a stretch of time into one file. Nothing is encoded again; only WAV of another codec is decoded.</summary>
public static class Exporter
{
    /// <summary>Finds what the file will hold and how it is written; sound is read when the file is.</summary>
    /// <param name="reader">The show.</param>
    /// <param name="range">What to export.</param>
    /// <param name="format">One of <see cref="ExportProfile.Names"/>.</param>
    /// <param name="codecs">Decodes where the format asks for it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async ValueTask<ExportAnswer> PrepareAsync(
        IShowReader reader,
        ExportRange range,
        string format,
        CodecCatalog codecs,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(codecs);
        if (!ExportProfile.Names.Contains(format))
        {
            return Refuse(
                ExportRefusalCause.UnknownFormat,
                $"There is no format '{format}'; there are {string.Join(", ", ExportProfile.Names)}."
            );
        }

        var (parts, missing) = await ExportParts.FindAsync(reader, range, cancel);
        if (missing is not null)
        {
            return new ExportAnswer(null, missing);
        }

        var codec = parts[0].Section.Codec;
        var profiles = ExportProfile.Find(format, codec).ToList();
        if (profiles.Count == 0)
        {
            return Refuse(ExportRefusalCause.DoesNotFit, $"The sound is {codec}: as '{format}' it would have to be encoded again.");
        }

        if (profiles.Find(p => parts.All(part => Fits(p, part.Section, parts[0].Section))) is not { } profile)
        {
            return Refuse(
                ExportRefusalCause.DoesNotFit,
                "The sound changes its codec, rate or channels in that range; export the sections one by one, or as 'wav'."
            );
        }

        try
        {
            var info = await reader.InfoAsync(cancel);
            return new ExportAnswer(await MakeAsync(reader, info, range, profile, parts, codecs, cancel), null);
        }
        catch (MissingLibraryException library)
        {
            return Refuse(ExportRefusalCause.CannotDecode, library.Message);
        }
        catch (ExportInterruptedException gone)
        {
            return Refuse(ExportRefusalCause.Gone, gone.Message);
        }
    }

    // Bare frames say of themselves what they are; the other containers say it once, at the beginning.
    private static bool Fits(ExportProfile profile, SectionInfo section, SectionInfo first) =>
        profile.Container switch
        {
            ExportContainer.DecodedWav => section.Codec is "opus" or "aac" or "mp3" or "wav",
            ExportContainer.Frames => section.Codec == first.Codec,
            _ => section.Codec == first.Codec && section.Rate == first.Rate && section.Channels == first.Channels,
        };

    private static async ValueTask<ExportFile> MakeAsync(
        IShowReader reader,
        ShowInfo info,
        ExportRange range,
        ExportProfile profile,
        IReadOnlyList<ExportPart> parts,
        CodecCatalog codecs,
        CancellationToken cancel
    )
    {
        var file = new ExportFile(
            ExportNames.Of(info.Name, range, parts, profile.Extension),
            profile.MediaType,
            Length: null,
            parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Duration),
            static (_, _) => Task.CompletedTask
        );
        var segments = new ExportReader(reader);
        var tags = ExportTags.Of(info.Name, parts[0]);
        var titles = await ExportTitles.ReadAsync(reader, parts, cancel);
        switch (profile.Container)
        {
            case ExportContainer.Wav:
                var wav = new WavExport(segments, parts, ExportTrailer.Make(tags, titles, parts[0].Section.Rate));
                return file with { Length = wav.Length, Write = wav.WriteAsync };
            case ExportContainer.DecodedWav:
                var decoded = new DecodedWavExport(segments, parts, codecs, profile, tags, titles);
                await decoded.MeasureAsync(cancel);
                return file with { Length = decoded.Length, Write = decoded.WriteAsync };
            case ExportContainer.Frames:
                var frames = new FramesExport(segments, parts);
                await frames.MeasureAsync(tags, titles, cancel);
                return file with { Length = frames.Length, Write = frames.WriteAsync };
            case ExportContainer.M4a:
                var m4a = new M4aExport(segments, parts, titles);
                await m4a.MeasureAsync(tags, cancel);
                return file with { Length = m4a.Length, Write = m4a.WriteAsync };
            default:
                return file with { Write = new OggOpusExport(segments, parts, tags, titles).WriteAsync };
        }
    }

    private static ExportAnswer Refuse(ExportRefusalCause cause, string detail) => new(null, new ExportRefusal(cause, detail));
}
