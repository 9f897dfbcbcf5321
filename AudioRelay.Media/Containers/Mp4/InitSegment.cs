using System.Security.Cryptography;
using AudioRelay.Media.Containers.Flac;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>fMP4 init segments (ftyp + moov), one per codec configuration, addressed by their content.</summary>
public static class InitSegment
{
    /// <summary>Opus decoders need 80 ms to settle: four packets of 20 ms before the one that is wanted.</summary>
    private const int OpusRollPackets = 4;

    /// <summary>The init segment of an Opus rendition. Timescale 48000.</summary>
    /// <param name="track">What it declares.</param>
    public static byte[] ForOpus(OpusTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentOutOfRangeException.ThrowIfNotEqual(track.Channels is 1 or 2, true, nameof(track));
        ArgumentOutOfRangeException.ThrowIfNotEqual(track.PreSkip is >= 0 and <= ushort.MaxValue, true, nameof(track));
        return Build(
            48000,
            w =>
            {
                using var entry = CommonBoxes.AudioEntry(w, "Opus"u8, track.Channels, 48000);
                using var dops = w.Box("dOps"u8);
                w.U8(0); // version
                w.U8(track.Channels);
                w.U16(track.PreSkip);
                w.U32(track.InputSampleRate);
                w.U16(0); // gain
                w.U8(0); // mapping family: one or two channels
            },
            OpusRoll
        );
    }

    /// <summary>The init segment of a FLAC rendition of 16-bit sound. Timescale = sample rate.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    public static byte[] ForFlac(int sampleRate, int channels = 1) =>
        Build(
            sampleRate,
            w =>
            {
                using var entry = CommonBoxes.AudioEntry(w, "fLaC"u8, channels, sampleRate);
                using var dfla = w.FullBox("dfLa"u8);
                Span<byte> block = stackalloc byte[FlacStreamInfo.BlockLength];
                FlacStreamInfo.Write(block, sampleRate, channels, totalSamples: 0);
                w.Bytes(block);
            },
            static _ => { }
        );

    /// <summary>A file name that is a function of the bytes, so that it may be cached for ever: <c>init-0123456789abcdef.mp4</c>.</summary>
    /// <param name="init">The init segment.</param>
    public static string FileName(ReadOnlySpan<byte> init)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(init, hash);
        return $"init-{Convert.ToHexStringLower(hash[..8])}.mp4";
    }

    private static byte[] Build(int timescale, Action<BoxWriter> sampleEntry, Action<BoxWriter> sampleGroups)
    {
        var w = new BoxWriter();
        CommonBoxes.FileType(w, "ftyp"u8, "iso6mp41"u8);
        using (w.Box("moov"u8))
        {
            CommonBoxes.MovieHeader(w, timescale, duration: 0, nextTrack: 2);
            using (w.Box("trak"u8))
            {
                CommonBoxes.TrackHeader(w, track: 1, CommonBoxes.Shown, duration: 0, audible: true);
                EmptyEdit(w);
                using var mdia = w.Box("mdia"u8);
                CommonBoxes.MediaHeader(w, timescale, duration: 0);
                CommonBoxes.Handler(w, "soun"u8, "SoundHandler"u8);
                using var minf = w.Box("minf"u8);
                CommonBoxes.SoundHeader(w);
                CommonBoxes.SelfContained(w);
                using var stbl = w.Box("stbl"u8);
                using (w.FullBox("stsd"u8))
                {
                    w.U32(1);
                    sampleEntry(w);
                }

                CommonBoxes.EmptyTable(w, "stts"u8, 4);
                CommonBoxes.EmptyTable(w, "stsc"u8, 4);
                CommonBoxes.EmptyTable(w, "stsz"u8, 8);
                CommonBoxes.EmptyTable(w, "stco"u8, 4);
                sampleGroups(w);
            }

            using var mvex = w.Box("mvex"u8);
            using var trex = w.FullBox("trex"u8);
            w.U32(1);
            w.U32(1);
            w.Zeros(12);
        }

        return w.Written.ToArray();
    }

    // Players drop dOps.PreSkip samples by themselves. Saying it here too (media_time = PreSkip) would invite dropping it twice, so the
    // edit begins at 0 and is as long as the fragments turn out to be.
    private static void EmptyEdit(BoxWriter w)
    {
        using var edts = w.Box("edts"u8);
        using var elst = w.FullBox("elst"u8);
        w.U32(1);
        w.U32(0);
        w.U32(0);
        w.U32(0x00010000);
    }

    private static void OpusRoll(BoxWriter w)
    {
        using var sgpd = w.FullBox("sgpd"u8, version: 1);
        w.Bytes("roll"u8);
        w.U32(2);
        w.U32(1);
        w.U16(-OpusRollPackets);
    }
}
