using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http.Playback;

/// <summary>A store that cannot be read is an answer, not a broken connection: 503, because trying later may help.</summary>
internal static class StorageFaultFilter
{
    public static async ValueTask<object?> Run(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (StorageException fault)
        {
            return Answer(fault);
        }
    }

    /// <summary>What a fault is answered with.</summary>
    public static ProblemHttpResult Answer(StorageException fault) =>
        Problems.Of(StatusCodes.Status503ServiceUnavailable, fault.Message, ("fault", fault.Fault.ToString()));
}
