using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs;

namespace AudioRelay.Host.Doctor;

/// <summary>Looks at everything the program needs.</summary>
internal sealed class Examination(ExaminationPlan plan, TimeProvider time, Func<IReadOnlyList<CodecLibraryReport>>? probe = null)
{
    public IReadOnlyList<Finding> Run() =>
        [
            Machine(),
            .. CodecFindings.Of((probe ?? new CodecCatalog().Probe)()),
            SqliteFinding.Look(),
            .. plan.Directories.Distinct(StringComparer.Ordinal).SelectMany(DirectoryFindings.Of),
            .. plan.Ports.Where(port => port != 0).Select(PortFinding.Of),
            ClockFinding.Of(time),
        ];

    private static Finding Machine() =>
        new(
            FindingState.Ok,
            "machine",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}"
        );
}
