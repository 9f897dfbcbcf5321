namespace AudioRelay.Host.Doctor;

/// <summary>A folder: can it be written to, and is there room.</summary>
internal static class DirectoryFindings
{
    private const long Gibibyte = 1L << 30;
    private const long LeastBytes = 100L << 20;

    public static IEnumerable<Finding> Of(string folder)
    {
        // It is made when it is first needed; looking must not leave anything behind.
        var existing = new DirectoryInfo(folder);
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }
        yield return Writable(folder, existing.FullName);
        yield return Room(existing.FullName);
    }

    private static Finding Writable(string folder, string existing)
    {
        var probe = Path.Combine(existing, $".audiorelay-doctor-{Environment.ProcessId}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
            var when = existing == folder ? "" : " (will be made)";
            return new Finding(FindingState.Ok, "folder", $"{folder} can be written to{when}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                FindingState.Missing,
                "folder",
                $"{existing} cannot be written to: {refused.Message}",
                [$"make it writable for this user, or set data_dir and output_dir (instead of {folder})"]
            );
        }
    }

    private static Finding Room(string existing)
    {
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var text = $"{(double)free / Gibibyte:F1} GiB free at {existing}; an hour of Opus at 16 kbit/s takes about 8 MB";
        return free < LeastBytes
            ? new Finding(FindingState.Missing, "disk", text, ["make room: recording pauses when the disk is full"])
            : new Finding(free < Gibibyte ? FindingState.Note : FindingState.Ok, "disk", text);
    }
}
