using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace AudioRelay.Http.Ui;

/// <summary>The built web UI, from this assembly or from a folder, read once.</summary>
internal sealed class UiFiles
{
    private const string Prefix = "ui/";
    private readonly Dictionary<string, UiFile> _files;

    private UiFiles(Dictionary<string, UiFile> files) => _files = files;

    public UiFile? Index => Find("index.html");

    public UiFile? Find(string path) => _files.GetValueOrDefault(path);

    public static UiFiles Load(string? folder) => new(folder is null ? FromAssembly() : FromFolder(folder));

    private static Dictionary<string, UiFile> FromAssembly()
    {
        var files = new Dictionary<string, UiFile>(StringComparer.Ordinal);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var path = name[Prefix.Length..].Replace('\\', '/');
            files[path] = Make(path, bytes.ToArray());
        }

        return files;
    }

    private static Dictionary<string, UiFile> FromFolder(string folder)
    {
        var files = new Dictionary<string, UiFile>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            files[path] = Make(path, File.ReadAllBytes(file));
        }

        return files;
    }

    private static UiFile Make(string path, byte[] bytes)
    {
        var packed = Pack(bytes);
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12));
        // Vite puts a hash of the content into the name of everything below assets/.
        var immutable = path.StartsWith("assets/", StringComparison.Ordinal);
        return new UiFile(bytes, MediaType(path), immutable, tag, packed.Length < bytes.Length * 9 / 10 ? packed : null);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static string MediaType(string path) =>
        Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".json" or ".webmanifest" => "application/json",
            ".woff2" => "font/woff2",
            _ => "application/octet-stream",
        };
}
