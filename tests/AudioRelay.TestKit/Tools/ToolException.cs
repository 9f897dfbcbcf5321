namespace AudioRelay.TestKit.Tools;

/// <summary>A program that a test needs did not do its work.</summary>
public sealed class ToolException : Exception
{
    public ToolException(string message)
        : base(message) { }

    public ToolException(string message, Exception inner)
        : base(message, inner) { }
}
