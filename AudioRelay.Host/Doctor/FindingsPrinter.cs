namespace AudioRelay.Host.Doctor;

/// <summary>Findings as lines.</summary>
internal static class FindingsPrinter
{
    public static void Print(IReadOnlyList<Finding> findings, TextWriter output)
    {
        var width = findings.Max(finding => finding.Subject.Length);
        foreach (var finding in findings)
        {
            output.WriteLine($"{Word(finding.State), -8} {finding.Subject.PadRight(width)}  {finding.Detail}");
            foreach (var remedy in finding.Remedies)
            {
                output.WriteLine($"         {new string(' ', width)}  {remedy}");
            }
        }
        var missing = findings.Count(finding => finding.State == FindingState.Missing);
        output.WriteLine();
        output.WriteLine(
            missing == 0 ? "Everything that is needed is here." : $"{missing} needed {(missing == 1 ? "thing is" : "things are")} missing."
        );
    }

    private static string Word(FindingState state) =>
        state switch
        {
            FindingState.Ok => "ok",
            FindingState.Note => "note",
            _ => "MISSING",
        };
}
