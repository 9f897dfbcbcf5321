using System.Text;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Reads server-sent events: the data of each, whatever its name. Comments and other fields only show that the line lives.</summary>
internal sealed class EventLines(Stream body, StallWatch watch)
{
    /// <summary>Longest line, and longest event.</summary>
    public const int Longest = 64 * 1024;

    private readonly byte[] _buffer = new byte[Longest];
    private readonly StringBuilder _data = new();
    private int _start;
    private int _end;

    /// <summary>The data of the next event; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A line or an event that is too long.</exception>
    public async Task<string?> NextAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.Length == 0 && _data.Length > 0)
            {
                var data = _data.ToString();
                _data.Clear();
                return data;
            }

            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                Add(line.AsSpan(5));
            }
        }

        return null;
    }

    private void Add(ReadOnlySpan<char> value)
    {
        if (_data.Length + value.Length > Longest)
        {
            throw new InvalidDataException($"an event is longer than {Longest} characters");
        }

        if (_data.Length > 0)
        {
            _data.Append('\n');
        }

        _data.Append(value.StartsWith(' ') ? value[1..] : value);
    }

    private async Task<string?> LineAsync()
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsSpan(_start, searched + end);
                _start += line.Length + 1;
                return Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line);
            }

            searched = _end - _start;
            if (!await FillAsync())
            {
                return null; // an event that was cut off is none
            }
        }
    }

    private async Task<bool> FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            throw new InvalidDataException($"a line of events is longer than {Longest} bytes");
        }

        var read = await body.ReadAsync(_buffer.AsMemory(_end), watch.Token);
        watch.Restart();
        _end += read;
        return read > 0;
    }
}
