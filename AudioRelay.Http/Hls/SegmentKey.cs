using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>A segment in a form.</summary>
/// <param name="Reader">The store: another store behind the same name has another reader.</param>
/// <param name="Kind">The form.</param>
/// <param name="Id">The segment.</param>
internal readonly record struct SegmentKey(IShowReader Reader, SegmentKind Kind, long Id)
{
    // The default hashes all that a kind consists of, at every request.
    public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Reader), Id);

    public bool Equals(SegmentKey other) => Id == other.Id && ReferenceEquals(Kind, other.Kind) && ReferenceEquals(Reader, other.Reader);
}
