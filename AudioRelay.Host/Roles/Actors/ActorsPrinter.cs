using System.Globalization;
using AudioRelay.Actors.Inspection;
using AudioRelay.Http.Admin;

namespace AudioRelay.Host.Roles.Actors;

/// <summary>Actors as text for a person: what is wrong must catch the eye.</summary>
internal static class ActorsPrinter
{
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Tree(ActorAnswer root)
    {
        List<(string Name, ActorAnswer Actor, string Below)> rows = [];
        Add(root, "", "", isRoot: true);
        var width = rows.Max(row => row.Name.Length);
        foreach (var (name, actor, below) in rows)
        {
            yield return $"{name.PadRight(width)}  {Line(actor)}".TrimEnd();
            foreach (var trouble in Troubles(actor))
            {
                yield return $"{below.PadRight(width)}  ! {trouble}";
            }
        }

        void Add(ActorAnswer actor, string before, string indent, bool isRoot = false)
        {
            var children = actor.Children ?? [];
            var below = children.Count > 0 ? $"{indent}│  " : indent;
            rows.Add(($"{before}{(isRoot ? actor.Path : actor.Path[(actor.Path.LastIndexOf('/') + 1)..])}", actor, below));
            for (var i = 0; i < children.Count; i++)
            {
                var last = i == children.Count - 1;
                Add(children[i], $"{indent}{(last ? "└─ " : "├─ ")}", $"{indent}{(last ? "   " : "│  ")}");
            }
        }
    }

    public static IEnumerable<string> Detail(ActorAnswer actor)
    {
        yield return $"path       {actor.Path}";
        yield return $"type       {actor.Type}";
        yield return $"status     {Word(actor.Status)}{(actor.RestartAt is { } at ? $", next instance at {Time(at)}" : "")}";
        yield return $"state      {actor.State}";
        yield return $"doing      {(actor.Handling is { } message ? $"{message}, for {Seconds(actor.HandlingMs)}" : "nothing, it waits for messages")}";
        yield return $"queue      {actor.Queue} of {actor.QueueCapacity}{(actor.Queue > 0 ? $", the oldest since {Seconds(actor.OldestWaitingMs)}" : "")}";
        yield return $"messages   {actor.Handled} handled, {actor.Rejected} refused";
        yield return $"pending    {actor.Pending} timers and tasks";
        yield return $"restarts   {actor.Restarts}";
        yield return $"last fault {(actor.LastFault is { } fault ? $"{Time(actor.LastFaultAt!.Value)}  {fault}" : "none")}";
    }

    public static IEnumerable<string> Log(IReadOnlyList<ActorLogAnswer> lines) =>
        lines.Select(line => $"{Time(line.At)}  {line.Kind.ToString().ToLowerInvariant(), -7}  {line.Text}");

    private static string Line(ActorAnswer actor)
    {
        List<string> parts = [$"{Word(actor.Status), -10}"];
        if (actor.State.Length > 0)
        {
            parts.Add(actor.State);
        }
        if (actor.Queue > 0)
        {
            parts.Add($"{actor.Queue} waiting");
        }
        if (actor.Restarts > 0)
        {
            parts.Add($"{actor.Restarts} restart{(actor.Restarts == 1 ? "" : "s")}");
        }
        return string.Join("  ", parts);
    }

    private static IEnumerable<string> Troubles(ActorAnswer actor)
    {
        if (actor.Handling is { } message && actor.HandlingMs >= WorthSaying.TotalMilliseconds)
        {
            yield return $"busy with {message} for {Seconds(actor.HandlingMs)}";
        }
        if (actor.OldestWaitingMs >= WorthSaying.TotalMilliseconds)
        {
            yield return $"{actor.Queue} of {actor.QueueCapacity} messages wait, the oldest since {Seconds(actor.OldestWaitingMs)}";
        }
        if (actor.Rejected > 0)
        {
            yield return $"{actor.Rejected} messages were refused";
        }
        if (actor.RestartAt is { } at)
        {
            yield return $"next instance at {Time(at)}";
        }
        if (actor.LastFault is { } fault)
        {
            yield return $"{Time(actor.LastFaultAt!.Value)} {fault}";
        }
    }

    private static string Word(ActorStatus status) => status.ToString().ToLowerInvariant();

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:F1} s");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
