namespace AudioRelay.Host.Doctor;

/// <summary>What is to be looked at beside the machine itself.</summary>
/// <param name="Directories">Folders that must be writable; made when they are first needed.</param>
/// <param name="Ports">Ports that should be free.</param>
internal sealed record ExaminationPlan(IReadOnlyList<string> Directories, IReadOnlyList<int> Ports);
