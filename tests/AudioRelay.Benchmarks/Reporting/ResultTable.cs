using System.Text;

namespace AudioRelay.Benchmarks.Reporting;

/// <summary>All figures of a run, as plain text in columns.</summary>
internal sealed class ResultTable
{
    private static readonly string[] Head = ["", "AudioRelay", "against, in the same run", "ratio", "aim", ""];
    private readonly List<string[]> _lines = [];

    /// <summary>Begins a group of rows.</summary>
    public void Group(string title) => _lines.Add([title]);

    public void Add(ResultRow row) =>
        _lines.Add([
            "  " + row.What,
            row.Ours,
            row.Against,
            row.Ratio is { } ratio ? $"{ratio:0.00}" : "",
            row.Aim,
            row.Met switch
            {
                true => "met",
                false => "MISSED",
                null => "",
            },
        ]);

    public override string ToString()
    {
        if (_lines.Count == 0)
        {
            return "";
        }

        var rows = _lines.Where(line => line.Length > 1).Prepend(Head).ToArray();
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in _lines.Prepend(Head))
        {
            var cells = line.Select((cell, column) => column is 1 or 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.ToString();
    }
}
