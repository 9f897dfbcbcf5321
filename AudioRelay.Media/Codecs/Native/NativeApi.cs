namespace AudioRelay.Media.Codecs.Native;

/// <summary>The functions of a library, or why there are none. Looking never throws; only using what is not there does.</summary>
/// <typeparam name="T">The table of functions.</typeparam>
internal sealed class NativeApi<T>
    where T : class
{
    private NativeApi(T? functions, string? file, string? problem)
    {
        Functions = functions;
        File = file;
        Problem = problem;
    }

    /// <summary>The functions; null when the library is missing or lacks one.</summary>
    public T? Functions { get; }

    /// <summary>The name the library was loaded by.</summary>
    public string? File { get; }

    /// <summary>Why there are no functions.</summary>
    public string? Problem { get; }

    /// <summary>Loads the library and binds its functions.</summary>
    public static NativeApi<T> Load(NativeNames names, Func<NativeModule, T> bind)
    {
        var module = NativeModule.TryLoad(names.Here);
        if (module is null)
            return new NativeApi<T>(null, null, $"none of these could be loaded: {string.Join(", ", names.Here)}");
        try
        {
            return new NativeApi<T>(bind(module), module.File, null);
        }
        catch (EntryPointNotFoundException e)
        {
            return new NativeApi<T>(null, module.File, $"{module.File} is another library or too old: {e.Message}");
        }
        catch (NotSupportedException e)
        {
            return new NativeApi<T>(null, module.File, e.Message);
        }
    }
}
