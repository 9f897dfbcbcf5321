using AudioRelay.Http.Admin;
using AudioRelay.Http.SyncApi;
using AudioRelay.Http.SyncStatus;

namespace AudioRelay.Http.Tests.Contract;

/// <summary>The routes of the contract. One that is not here stands in the document under a name made of its path.</summary>
internal static class RouteDocs
{
    private const string Ranges = "start_id:integer end_id:integer section_id:integer from_ms:integer to_ms:integer live:boolean";
    private const string List = "application/vnd.apple.mpegurl";
    private const string Events = "text/event-stream";

    private static readonly Dictionary<string, RouteDoc> All = new(StringComparer.Ordinal)
    {
        ["GET /api/mode"] = new("getMode", "Server", "What this process is: record, receiver or inspect."),
        ["GET /api/health"] = new("getHealth", "Server", "OK, for probes.", Media: "text/plain"),
        ["GET /api/openapi.json"] = new("getContract", "Server", "This document.", Media: "application/json"),
        ["GET /api/shows"] = new("listShows", "Shows", "Every show and how far it reaches."),
        ["GET /api/events"] = new(
            "followEvents",
            "Shows",
            "Where each show stands, then one event for each commit; from a receiver also events named 'sync' with the answer of sync/status.",
            Media: Events
        ),
        ["GET /api/titles"] = new(
            "searchTitles",
            "Titles",
            "Search by title over all shows, newest first.",
            "q:string from_us:integer until_us:integer before_us:integer limit:integer"
        ),
        ["GET /api/show/{show}/titles"] = new(
            "searchTitlesOfShow",
            "Titles",
            "Search by title in one show, newest first.",
            "q:string from_us:integer until_us:integer before_us:integer limit:integer"
        ),
        ["GET /api/show/{show}/format"] = new("getFormat", "Shows", "Which playlist to ask for."),
        ["GET /api/show/{show}/metadata"] = new("getMetadata", "Shows", "What the store says about itself."),
        ["GET /api/show/{show}/segments/range"] = new("getSegmentRange", "Shows", "The oldest and newest segment."),
        ["GET /api/show/{show}/sessions"] = new(
            "listSessions",
            "Shows",
            "Sections with sound that share time with a range; with 'limit' in pages.",
            "start_ts:integer end_ts:integer sort_desc:boolean limit:integer after:integer"
        ),
        ["GET /api/show/{show}/session/{id}/latest"] = new("getSessionLatest", "Shows", "How far a section has come."),
        ["GET /api/show/{show}/session/{id}/estimate_segment"] = new(
            "findSegment",
            "Shows",
            "The segment that holds an instant.",
            "timestamp_ms:integer!"
        ),
        ["GET /api/show/{show}/timeline"] = new(
            "getTimeline",
            "Shows",
            "Windows, sections, gaps with their causes and titles of at most 31 days, and up to when they are known.",
            "from_ms:integer! to_ms:integer!"
        ),
        ["GET /api/show/{show}/live"] = new("getLive", "Shows", "How near to now the show can be heard."),
        ["GET /api/show/{show}/events"] = new(
            "followShow",
            "Shows",
            "Where the show stands, then one event for each commit.",
            Media: Events
        ),
        ["GET /api/show/{show}/export"] = new(
            "exportSound",
            "Export",
            "A section or a stretch of time as one file, streamed.",
            "section_id:integer from_ms:integer to_ms:integer format:string",
            "application/octet-stream"
        ),
        ["GET /api/show/{show}/index.m3u8"] = new("getMultivariantPlaylist", "HLS", "The playlist of playlists.", Ranges, List),
        ["GET /api/show/{show}/opus-playlist.m3u8"] = new("getOpusPlaylist", "HLS", "Opus in fMP4.", Ranges, List),
        ["GET /api/show/{show}/playlist.m3u8"] = new("getPackedPlaylist", "HLS", "AAC or MP3, packed.", Ranges, List),
        ["GET /api/show/{show}/flac-playlist.m3u8"] = new("getFlacPlaylist", "HLS", "WAV as FLAC in fMP4.", Ranges, List),
        ["GET /api/show/{show}/opus-segment/{file}"] = new("getOpusSegment", "HLS", "{id}.m4s or an init segment.", Media: "audio/mp4"),
        ["GET /api/show/{show}/flac-segment/{file}"] = new("getFlacSegment", "HLS", "{id}.m4s or an init segment.", Media: "audio/mp4"),
        ["GET /api/show/{show}/aac-segment/{file}"] = new("getAacSegment", "HLS", "{id}.aac", Media: "audio/aac"),
        ["GET /api/show/{show}/mp3-segment/{file}"] = new("getMp3Segment", "HLS", "{id}.mp3", Media: "audio/mpeg"),
        ["GET /api/show/{show}/wav-segment/{file}"] = new("getWavSegment", "HLS", "{id}.wav, exact.", Media: "audio/wav"),
        ["GET /api/sync/status"] = new("getSyncStatus", "Receiver", "How the pulling stands, by recorder and show."),
        ["POST /api/sync"] = new(
            "startSync",
            "Receiver",
            "Asks every recorder now. 409 with the same fields when everything was being pulled already.",
            Answer: typeof(SyncStarted),
            Status: 202
        ),
        ["GET /api/bookmarks"] = new("listBookmarks", "Bookmarks", "All bookmarks, or one show's, newest first.", "show:string"),
        ["POST /api/bookmarks"] = new("addBookmark", "Bookmarks", "Makes a bookmark of a moment or a stretch of a show."),
        ["PATCH /api/bookmarks/{id}"] = new("changeBookmark", "Bookmarks", "Changes a bookmark's note."),
        ["DELETE /api/bookmarks/{id}"] = new("removeBookmark", "Bookmarks", "Removes a bookmark."),
        ["GET /api/sync/shows"] = new("listOfferedShows", "Sync", "The shows a recorder offers.", Answer: typeof(SyncShows)),
        ["GET /api/sync/shows/{show}/metadata"] = new("getOfferedMetadata", "Sync", "What a show is.", Answer: typeof(SyncMetadata)),
        ["GET /api/sync/shows/{show}/sections"] = new(
            "listOfferedSections",
            "Sync",
            "All sections by id.",
            "cutoff_ts:integer",
            Answer: typeof(SyncSection[])
        ),
        ["GET /api/sync/shows/{show}/sections/find_by_timestamp"] = new(
            "findOfferedSections",
            "Sync",
            "The sections on both sides of an instant.",
            "timestamp_ms:integer!",
            Answer: typeof(SyncNeighbours)
        ),
        ["GET /api/sync/shows/{show}/sections/{section}/segment_range"] = new(
            "getOfferedSegmentRange",
            "Sync",
            "The segment ids of a section.",
            Answer: typeof(SyncRange)
        ),
        ["GET /api/sync/shows/{show}/segments"] = new(
            "pullSegments",
            "Sync",
            "Segments with their bytes, in the wire format of either version, or as JSON where that is accepted.",
            "start_id:integer! end_id:integer! limit:integer cutoff_ts:integer wait_ms:integer max_bytes:integer",
            "application/octet-stream"
        ),
        ["GET /api/sync/shows/{show}/journal"] = new(
            "pullJournal",
            "Sync",
            "Journal entries in order.",
            "after:integer limit:integer",
            Answer: typeof(SyncJournal)
        ),
        ["GET /api/sync/shows/{show}/sections/{section}/export"] = new(
            "exportSection",
            "Sync",
            "Writes a section into a file on the recorder and says where. 409 while another is being written.",
            "format:string",
            Answer: typeof(SyncExport)
        ),
        ["GET /api/sync/shows/{show}/exports/{file}"] = new(
            "getExportedFile",
            "Sync",
            "Such a file; kept for a day.",
            Media: "application/octet-stream"
        ),
        ["GET /api/session"] = new("getSession", "Session", "Who the caller is and what is open to them."),
        ["POST /api/session"] = new("signIn", "Session", "Exchanges a token for a cookie."),
        ["DELETE /api/session"] = new("signOut", "Session", "Takes the cookie back."),
        ["POST /api/show/{show}/link"] = new(
            "makeLink",
            "Session",
            "An address for players that send no headers, good for this show and a while."
        ),
        ["GET /api/admin/tokens"] = new("getTokenUses", "Admin", "The configured tokens, without themselves, and when each was used last."),
        ["GET /api/admin/actors"] = new("getActors", "Admin", "Every actor and how it is.", Answer: typeof(ActorAnswer)),
        ["GET /api/admin/actors/show"] = new("getActor", "Admin", "One actor.", "path:string!", Answer: typeof(ActorAnswer)),
        ["GET /api/admin/actors/log"] = new(
            "getActorLog",
            "Admin",
            "What an actor said last.",
            "path:string!",
            Answer: typeof(ActorLogAnswer[])
        ),
        ["POST /api/admin/actors/restart"] = new("restartActor", "Admin", "Restarts an actor.", "path:string!", Status: 202),
        ["POST /api/admin/actors/stop"] = new("stopActor", "Admin", "Stops an actor.", "path:string!", Status: 202),
        ["GET /api/sync/events"] = new("followRecorder", "Sync", "How far each show reaches, now and after each commit.", Media: Events),
    };

    public static RouteDoc Of(string method, string path) =>
        All.TryGetValue($"{method} {path}", out var doc) ? doc : new RouteDoc(NameOf(method, path), GroupOf(path), $"{method} {path}");

    /// <summary>What there is about a route; null when there is nothing.</summary>
    public static RouteDoc? Find(string route) => All.GetValueOrDefault(route);

    /// <summary>Those that no route answers to any more.</summary>
    public static IEnumerable<string> Without(IEnumerable<string> routes) => All.Keys.Except(routes);

    private static string NameOf(string method, string path) =>
        method.ToLowerInvariant()
        + string.Concat(
            path.Split(['/', '_', '.', '{', '}', '-'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word != "api")
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );

    private static string GroupOf(string path) =>
        path.Split('/')[2] is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : "Server";
}
