namespace AudioRelay.Host.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it is.</param>
/// <param name="Subject">What was looked at, in a few words.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedies">What to do about it, one line each.</param>
internal sealed record Finding(FindingState State, string Subject, string Detail, IReadOnlyList<string> Remedies)
{
    public Finding(FindingState state, string subject, string detail)
        : this(state, subject, detail, []) { }
}
