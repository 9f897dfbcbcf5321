namespace AudioRelay.Storage;

/// <summary>How much of a range is read at a time: as many segments as fit, and always one, so that a reader moves on.</summary>
/// <param name="most">Bytes of sound.</param>
internal struct ByteCap(long most)
{
    private long _taken;

    /// <summary>Takes a segment in; false, and it is not taken, when it would be too much.</summary>
    public bool Takes(int size)
    {
        var fits = _taken == 0 || _taken + size <= most;
        _taken += fits ? Math.Max(size, 1) : 0;
        return fits;
    }
}
