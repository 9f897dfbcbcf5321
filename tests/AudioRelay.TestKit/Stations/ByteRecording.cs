using System.Text;

namespace AudioRelay.TestKit.Stations;

/// <summary>
/// What arrived when, as a file that replays: the same input for <c>Capture.Feed</c> each time.
/// </summary>
/// <remarks>
/// <para>The format, little-endian: the line <c>audiorelay bytes 1\n</c>, then records of</para>
/// <code>
/// u8  kind      1 dialled, 2 bytes, 3 closed, 4 reset
/// i64 at        UTC in µs
/// i32 length    of what follows
/// ...           bytes: as they arrived, metadata interleaved; dialled: i32 metadata interval, then the content type in ASCII
/// </code>
/// </remarks>
public static class ByteRecording
{
    private static ReadOnlySpan<byte> Magic => "audiorelay bytes 1\n"u8;

    public static void Write(Stream output, IEnumerable<RecordedBytes> records)
    {
        using var writer = new BinaryWriter(output, Encoding.ASCII, leaveOpen: true);
        writer.Write(Magic);
        foreach (var record in records)
        {
            writer.Write((byte)record.Kind);
            writer.Write(record.AtUs);
            writer.Write(record.Bytes.Length);
            writer.Write(record.Bytes.Span);
        }
    }

    public static IEnumerable<RecordedBytes> Read(Stream input)
    {
        using var reader = new BinaryReader(input, Encoding.ASCII, leaveOpen: true);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            throw new InvalidDataException("This is no recording of a station's bytes.");
        }

        for (int kind; (kind = input.ReadByte()) >= 0; )
        {
            var at = reader.ReadInt64();
            var length = reader.ReadInt32();
            var bytes = reader.ReadBytes(length);
            if (kind is < 1 or > 4 || bytes.Length != length)
            {
                throw new InvalidDataException($"The recording is damaged at byte {input.Position}.");
            }

            yield return new RecordedBytes((RecordedKind)kind, at, bytes);
        }
    }

    /// <summary>Plays a station to a listener who dials again, after the given delay, whenever it hangs up.</summary>
    public static IEnumerable<RecordedBytes> Of(ScriptedStation station, long fromUs, long toUs, TimeSpan redial = default)
    {
        for (var now = fromUs; now < toUs; )
        {
            var dial = station.Dial(now);
            var ended = now;
            if (dial.IsOnAir)
            {
                yield return RecordedBytes.Dialled(now, dial.MetaInterval, station.Script.ContentType ?? "");
                foreach (var chunk in dial.Chunks)
                {
                    ended = chunk.AtUs;
                    if (ended >= toUs)
                    {
                        yield break;
                    }

                    yield return chunk.End switch
                    {
                        StationEnd.None => new RecordedBytes(RecordedKind.Bytes, ended, chunk.Bytes),
                        StationEnd.Closed => new RecordedBytes(RecordedKind.Closed, ended, default),
                        _ => new RecordedBytes(RecordedKind.Reset, ended, default),
                    };
                }
            }

            // Refused at once, and no delay asked for: try again a second later, or this would never end.
            now = Math.Max(ended + (long)redial.TotalMicroseconds, dial.IsOnAir ? ended : now + 1_000_000);
        }
    }
}
