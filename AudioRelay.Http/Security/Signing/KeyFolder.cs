using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security.Signing;

/// <summary>The signing keys on disk: one file each, readable by their owner only, in a folder that is their owner's.</summary>
internal sealed class KeyFolder(string path, ILogger log)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>All keys that are there. A file that is none is left alone and told about.</summary>
    public List<SigningKey> Load()
    {
        var keys = new List<SigningKey>();
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.key") : [])
        {
            var id = Path.GetFileNameWithoutExtension(file);
            if (SigningKey.IsId(id) && Read(file) is { Length: SigningKey.Length } bytes)
            {
                keys.Add(new SigningKey(id, bytes));
            }
            else
            {
                log.LogWarning("{File} is no signing key and is not used; who was signed in by it signs in again", file);
            }
        }

        return keys;
    }

    /// <summary>Keeps a key. One that cannot be kept serves until the process ends, which is told.</summary>
    public void Save(SigningKey key)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                File.WriteAllBytes(FileOf(key), key.Bytes);
                return;
            }

            Directory.CreateDirectory(path, OwnersFolder);
            File.SetUnixFileMode(path, OwnersFolder); // it may have been there before, with other rights
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnersFile,
            };
            using var file = new FileStream(FileOf(key), options);
            file.Write(key.Bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogError(
                "The signing key cannot be kept in {Folder}, so everybody signs in again after a restart: {Reason}",
                path,
                error.Message
            );
        }
    }

    /// <summary>Removes a key that nothing needs any more. One that cannot be removed opens nothing, so that is no trouble.</summary>
    public void Remove(SigningKey key)
    {
        try
        {
            File.Delete(FileOf(key));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogDebug("{Key} cannot be removed: {Reason}", key, error.Message);
        }
    }

    private string FileOf(SigningKey key) => Path.Combine(path, key.Id + ".key");

    private byte[]? Read(string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != OwnersFile)
            {
                File.SetUnixFileMode(file, OwnersFile);
            }

            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{File} cannot be read: {Reason}", file, error.Message);
            return null;
        }
    }
}
