using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Hls;

/// <summary>Why there is no such playlist.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">The reason, for a person.</param>
/// <param name="Limit">The limit that was passed, if one was.</param>
internal sealed record PlaylistRefusal(int Status, string Detail, string? Limit = null)
{
    public static PlaylistRefusal NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    public static PlaylistRefusal Gone(string detail) => new(StatusCodes.Status410Gone, detail);

    public static PlaylistRefusal Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static PlaylistRefusal TooLong { get; } =
        new(
            StatusCodes.Status422UnprocessableEntity,
            $"A playlist covers at most {PlaylistLimits.FinishedText}; ask for it in parts.",
            PlaylistLimits.FinishedText
        );

    public static PlaylistRefusal TooLongToGrow { get; } =
        new(
            StatusCodes.Status422UnprocessableEntity,
            $"A range that still grows covers at most {PlaylistLimits.GrowingText}; ask for an end that has passed, or for live=1.",
            PlaylistLimits.GrowingText
        );

    public ProblemHttpResult ToResult() => Limit is null ? Problems.Of(Status, Detail) : Problems.OverLimit(Detail, Limit);
}
