using Microsoft.AspNetCore.Builder;

namespace AudioRelay.Http;

/// <summary>How the framework's host is set up.</summary>
internal static class HostSettings
{
    /// <summary>
    /// Apart from the folder in which the program was started. Left alone, the host reads an appsettings.json there, and watches the folder and all
    /// below it for changes of that file: started in its data folder, each write to a database was an event (a third of the CPU in a benchmark).
    /// </summary>
    public static WebApplicationOptions Apart =>
        new() { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] };
}
