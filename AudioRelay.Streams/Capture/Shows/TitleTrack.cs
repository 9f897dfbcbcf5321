namespace AudioRelay.Streams.Capture.Shows;

/// <summary>
/// Where titles begin: at the first frame after their block; a section's first title at the section's start, also when it came later.
/// </summary>
internal sealed class TitleTrack
{
    private string? _current;
    private bool _fresh;
    private bool _sectionHasOne;

    /// <summary>A title was read.</summary>
    /// <param name="text">The title.</param>
    /// <param name="sentAnew">It counts even when it is the same as the last.</param>
    public void Set(string text, bool sentAnew)
    {
        if (sentAnew || !string.Equals(text, _current, StringComparison.Ordinal))
        {
            // An empty title ends the one before it; where there is none before it, it says nothing.
            _fresh = _current is not null || text.Length > 0;
            _current = text;
        }
    }

    /// <summary>What was on is not known any more: another connection will say.</summary>
    public void Forget()
    {
        _current = null;
        _fresh = false;
    }

    /// <summary>A section begins.</summary>
    public void BeginSection()
    {
        _sectionHasOne = false;
        _fresh = !string.IsNullOrEmpty(_current);
    }

    /// <summary>The title that is to be stored now, if any, and whether at the section's start.</summary>
    public string? Take(out bool atStart)
    {
        atStart = !_sectionHasOne;
        if (!_fresh || (atStart && string.IsNullOrEmpty(_current)))
        {
            return null;
        }

        _fresh = false;
        _sectionHasOne = true;
        return _current;
    }
}
