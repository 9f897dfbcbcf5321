using AudioRelay.Streams.Export;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Export;

/// <summary>Why there is no file, as an answer.</summary>
internal static class ExportRefusals
{
    public static ProblemHttpResult Of(ExportRefusal refusal) => Problems.Of(StatusOf(refusal.Cause), refusal.Detail);

    private static int StatusOf(ExportRefusalCause cause) =>
        cause switch
        {
            ExportRefusalCause.NotFound => StatusCodes.Status404NotFound,
            ExportRefusalCause.Gone => StatusCodes.Status410Gone,
            ExportRefusalCause.UnknownFormat => StatusCodes.Status400BadRequest,
            ExportRefusalCause.CannotDecode => StatusCodes.Status501NotImplemented,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
