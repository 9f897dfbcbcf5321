namespace AudioRelay.Actors.Running;

/// <summary>Short names of types, for people.</summary>
internal static class TypeNames
{
    /// <summary>The name without its generic arity. Never the message's own text: that may carry a secret.</summary>
    public static string Of(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }
}
