namespace AudioRelay.TestKit.Fixtures;

/// <summary>Finds <c>shared/data</c>, a folder of real captures and public suites that lies beside the checkout on some machines.</summary>
public static class SharedData
{
    /// <summary>The path of a file or folder below <c>shared/data</c>, or null where there is none.</summary>
    public static string? Find(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>What a skipped test says.</summary>
    public static string Missing(params string[] parts) => $"no shared/data/{string.Join('/', parts)} in any folder above the checkout";
}
