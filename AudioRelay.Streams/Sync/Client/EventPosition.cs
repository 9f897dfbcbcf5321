using System.Text.Json;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Reads the data of one event.</summary>
internal static class EventPosition
{
    public static ShowPosition Read(string data, string at)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            var root = json.RootElement;
            return new ShowPosition(root.Name("show"), root.Text("store"), root.Number("max_id"), root.Number("journal_seq"));
        }
        catch (JsonException error)
        {
            throw new RecorderException(RecorderFault.BadAnswer, $"{at}: an event is no JSON ({AnswerJson.Where(error)}).");
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            throw new RecorderException(RecorderFault.BadAnswer, $"{at}: an event cannot be read ({error.Message}).", error);
        }
    }
}
