namespace AudioRelay.Streams.Capture;

/// <summary>
/// The station's half of a capture, for one URL: ICY split → frames → burst match, over up to two connections, pushing each new frame
/// once to every attached <see cref="ShowCapture"/>. Synchronous; one thread at a time.
/// </summary>
public sealed class StationCapture
{
    /// <summary>A station nothing was heard of yet.</summary>
    /// <param name="options">Limits.</param>
    public StationCapture(StationCaptureOptions options) => ArgumentNullException.ThrowIfNull(options);

    /// <summary>The connection whose sound is recorded; null while there is none. Any other that was opened before it can be closed.</summary>
    public int? LiveConnection => throw new NotSupportedException("not yet");

    /// <summary>When the last frame that was new arrived (monotonic µs); null before the first.</summary>
    public long? LastFrameUs => throw new NotSupportedException("not yet");

    /// <summary>What can be told of it now.</summary>
    public StationCaptureStatus Status => throw new NotSupportedException("not yet");

    /// <summary>Lets a show hear the station, from the next frame on.</summary>
    /// <param name="show">The show, with its window open.</param>
    /// <param name="now">Both clocks.</param>
    public void Attach(ShowCapture show, Moment now) => throw new NotSupportedException("not yet");

    /// <summary>Ends the show's section (flushed, padding declared) and forgets the show.</summary>
    /// <param name="show">The show.</param>
    /// <param name="cause">Why, a cause of the closed list or <c>window_end</c>.</param>
    /// <param name="now">Both clocks.</param>
    public void Detach(ShowCapture show, string cause, Moment now) => throw new NotSupportedException("not yet");

    /// <summary>A connection was answered.</summary>
    /// <param name="connection">A number of the caller's, never used twice.</param>
    /// <param name="facts">What its headers said.</param>
    /// <param name="now">Both clocks, at the headers' arrival.</param>
    public void Opened(int connection, ConnectionFacts facts, Moment now) => throw new NotSupportedException("not yet");

    /// <summary>Bytes of a connection; ignored when it is not known (any more).</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="bytes">Any number of bytes.</param>
    /// <param name="arrivedAtUs">Monotonic µs, read once per socket read.</param>
    public void Feed(int connection, ReadOnlySpan<byte> bytes, long arrivedAtUs) => throw new NotSupportedException("not yet");

    /// <summary>A connection has ended, or was closed by us.</summary>
    /// <param name="connection">Its number.</param>
    /// <param name="cause">Why: <c>disconnected</c>, <c>silent</c>, …</param>
    /// <param name="now">Both clocks.</param>
    public void Closed(int connection, string cause, Moment now) => throw new NotSupportedException("not yet");

    /// <summary>Time has passed. Call it four times a second, bytes or not.</summary>
    /// <param name="now">Both clocks.</param>
    public void Tick(Moment now) => throw new NotSupportedException("not yet");
}
