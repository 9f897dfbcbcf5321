using AudioRelay.Media.Codecs;

namespace AudioRelay.Host.Doctor;

/// <summary>The native codec libraries: which are here, which are needed, and how to get them.</summary>
internal static class CodecFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<CodecLibraryReport> reports)
    {
        // libavcodec decodes what mpg123 and faad decode: one of the two ways is enough.
        var hasLibavcodec = reports.Any(report => report.Library.Name == CodecLibrary.Libavcodec.Name && report.Found);
        return reports.Select(report => Of(report, hasLibavcodec));
    }

    private static Finding Of(CodecLibraryReport report, bool hasLibavcodec)
    {
        var library = report.Library;
        if (report.Found)
        {
            return new Finding(FindingState.Ok, library.Name, $"{report.Version ?? "found"} ({library.Purpose})");
        }
        if (library.Name == CodecLibrary.Libavcodec.Name)
        {
            return new Finding(FindingState.Ok, library.Name, $"not here, and not needed ({library.Purpose})");
        }
        var replaced = hasLibavcodec && (library.Name == CodecLibrary.Mpg123.Name || library.Name == CodecLibrary.Faad.Name);
        return new Finding(
            replaced ? FindingState.Note : FindingState.Missing,
            library.Name,
            $"{report.Problem ?? "not found"} ({library.Purpose}{(replaced ? "; libavcodec does it instead" : "")})",
            [
                $"Debian, Ubuntu: {library.Install(TargetSystem.Debian)}",
                $"macOS:          {library.Install(TargetSystem.MacOs)}",
                $"Windows:        {library.Install(TargetSystem.Windows)}",
            ]
        );
    }
}
