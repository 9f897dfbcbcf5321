namespace AudioRelay.Actors.Asking;

/// <summary>A question to an actor has no answer.</summary>
public sealed class AskException(AskFailure failure, string path, Exception? inner = null) : Exception($"{path}: {failure}", inner)
{
    /// <summary>Why.</summary>
    public AskFailure Failure { get; } = failure;

    /// <summary>The actor that was asked.</summary>
    public string Path { get; } = path;
}
