using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Native;

/// <summary>A library that was loaded at run time and stays loaded as long as the process lives.</summary>
internal sealed class NativeModule
{
    // Homebrew's folders: on Apple silicon the loader does not look there by itself.
    private static readonly string[] HomebrewFolders = ["/opt/homebrew/lib/", "/usr/local/lib/"];

    private readonly nint _handle;

    private NativeModule(nint handle, string file)
    {
        _handle = handle;
        File = file;
    }

    /// <summary>The name it was loaded by.</summary>
    public string File { get; }

    /// <summary>Loads the first of the names that this machine has; null when it has none.</summary>
    public static NativeModule? TryLoad(IEnumerable<string> names)
    {
        foreach (var name in names.SelectMany(Places))
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return new NativeModule(handle, name);
        }
        return null;
    }

    /// <summary>A function's address.</summary>
    /// <exception cref="EntryPointNotFoundException">The library has no such function.</exception>
    public nint Function(string name) => NativeLibrary.GetExport(_handle, name);

    /// <summary>A function's address, or zero: for functions that only newer versions have.</summary>
    public nint OptionalFunction(string name) => NativeLibrary.TryGetExport(_handle, name, out var address) ? address : 0;

    private static IEnumerable<string> Places(string name) =>
        OperatingSystem.IsMacOS() ? [name, .. HomebrewFolders.Select(folder => folder + name)] : [name];
}
