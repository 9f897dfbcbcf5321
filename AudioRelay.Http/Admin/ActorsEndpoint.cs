using AudioRelay.Actors;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Admin;

/// <summary><c>admin/actors…</c>: what the runtime knows of its actors without asking them, and the two things one may do to them.</summary>
internal static class ActorsEndpoint
{
    public static IResult Tree(ActorSystem actors) => Json(ActorAnswer.Of(actors.Tree()));

    public static IResult Show(string? path, ActorSystem actors) =>
        path is not null && actors.Find(path) is { } actor ? Json(ActorAnswer.Of(actor)) : Unknown(path);

    public static IResult Log(string? path, ActorSystem actors) =>
        path is not null && actors.Log(path) is { } lines
            ? Json(lines.Select(line => new ActorLogAnswer(line.At, line.Kind, line.Text)).ToList())
            : Unknown(path);

    public static IResult Restart(string? path, ActorSystem actors) =>
        path is not null && actors.Restart(path) ? TypedResults.Accepted((string?)null) : Unknown(path);

    public static IResult Stop(string? path, ActorSystem actors) =>
        path is not null && actors.Stop(path) ? TypedResults.Accepted((string?)null) : Unknown(path);

    private static IResult Json<T>(T answer) => TypedResults.Json(answer, AdminJson.Options);

    private static IResult Unknown(string? path) =>
        path is null ? Problems.Bad("the actor's path is missing: ?path=/…") : Problems.NotFound($"there is no actor {path}");
}
