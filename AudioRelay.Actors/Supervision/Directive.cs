namespace AudioRelay.Actors.Supervision;

/// <summary>What a parent decides about a child's fault.</summary>
public enum Directive
{
    /// <summary>A new instance after a delay, as long as the budget lasts; then as <see cref="Escalate"/>.</summary>
    Restart = 1,

    /// <summary>The child ends as failed; the parent lives on.</summary>
    Stop = 2,

    /// <summary>The parent cannot go on without this child: it fails too.</summary>
    Escalate = 3,
}
