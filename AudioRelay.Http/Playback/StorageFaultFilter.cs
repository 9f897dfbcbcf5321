using AudioRelay.Storage;
using Microsoft.AspNetCore.Http;

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
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, fault.Message, ("fault", fault.Fault.ToString()));
        }
    }
}
