namespace AudioRelay.Http.Security.Limits;

/// <summary>How often something may be done.</summary>
/// <param name="Burst">So often at once.</param>
/// <param name="Per">In such a time as many are regained, evenly.</param>
internal sealed record Rate(int Burst, TimeSpan Per)
{
    /// <summary>How long one takes to be regained.</summary>
    public TimeSpan Each => Per / Burst;
}
